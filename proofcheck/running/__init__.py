"""Checks in processes of their own, and results that are kept between runs."""
