"""Computes certificates anew, with nothing of the program that wrote them.

Rationals are Python's fractions, other numbers the intervals of mpmath; derivatives are dual
numbers. No module here imports another folder of the package.
"""
