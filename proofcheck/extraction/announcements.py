"""The words by which authors announce that an equation introduces its left side."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What the words before a formula say of its first equation, as in `Step`."""

    announced: bool = False
    posed: bool = False
    concluded: bool = False
    grounds: bool = False


_LONGEST = 120
_SENTENCE_END = re.compile(r"[.!?](?=\s|$|\*)|\n\s*\n")
_ANYWHERE = re.compile(
    r"\b(?:let|let's|define[sd]?|defining|definition|denote[sd]?|denoting|introduc(?:e|es|ing)|"
    r"abbreviat(?:e|es|ed|ing)|is given by|are given by|is defined|are defined|"
    r"we have the (?:\w+ ){0,3}function|call(?:ed)? it|notation|shorthand|stands for)\b"
)
_AT_THE_END = re.compile(
    r"\b(?:set(?:ting)?|where|put(?:ting)?|call|with|writ(?:e|ing)|given by|defined (?:as|by)|"
    r"consider|for (?:brevity|short)|i\.e|say|here|having set|namely)"
    r"\W*(?:\w+\W+){0,2}$"
)
_POSING = re.compile(
    r"\b(?:if|iff|when|whenever|unless|provided|such|suppose|assum\w+|satisf\w+|whether|obey\w*)"
    r"(?:\W+(?:that|also|and|only|if|we|have|has|holds|the|condition|equation|constraint|again))*"
    r"\W*$"
    r"|\b(?:at|in) (?:an?|the|any|every|each|its|this|such an?) "
    r"(?:\w+ )?(?:stationary point|critical point|saddle point|minim(?:um|i[sz]er)|maximum|optimum"
    r"|extremum|optimal solution|solution|fixed point|equilibrium|steady state)s?"
    r"\W*(?:(?:we|one) (?:must )?(?:have|has|finds?|gets?)|it holds that)?\W*$"
    r"|\b(?:(?:normal|optimality|stationarity|first[- ]order|kkt) (?:equations?|conditions?)"
    r"|(?:[a-z-]+['’]s|lyapunov|riccati|sylvester|bellman|poisson|laplace|euler|schr\w+dinger|state|"
    r"differential|governing|evolution|wave|heat) equations?"
    r"|equations? of (?:motion|equilibrium|continuity))\W*"
    r"(?:(?:is|are|reads?|becomes?|says?|requires?)\W*)?$"
)
_CONCLUDING = re.compile(
    r"\b(?:hence|thus|therefore|so|giv(?:es|ing)|yield(?:s|ing)|impl(?:ies|ying)|get|obtain\w*|"
    r"follows|consequently|solving|solution|conclude|whence|equivalently)\b[^.!?]{0,40}$"
)
_SUPPOSING = re.compile(
    r"\b(?:if|when|unless|suppose|assum\w+|let|where|with|not|by|since|using)\b"
)
_GROUNDING = re.compile(
    r"\b(?:because|since|as|using|recall\w*|remember\w*|owing to|due to|by|if|when|whenever|given|"
    r"for|provided|where we (?:have )?used?|we (?:have )?used?)"
    r"(?:\W+(?:that|also|and|of|we|have|has|the|fact|again|both|constraints?|conditions?))*\W*$"
)
_BETWEEN = re.compile(r"[\s,;]*(?:and|or)?[\s,;]*")


def announces(before: str) -> bool:
    """Whether the words before a formula, back to the formula before, announce a definition."""
    near = _SENTENCE_END.split(before[-_LONGEST:])[-1].lower()
    return bool(_ANYWHERE.search(near) or _AT_THE_END.search(_last_sentence(before)))


def _last_sentence(before: str) -> str:
    """The words of the sentence that a formula goes on with, also over the blank line before it."""
    return _SENTENCE_END.split(f"{before.rstrip()} "[-_LONGEST:])[-1].lower()


def poses(before: str) -> bool:
    """Whether the words before a formula, back to the formula before, pose what it says: "if"."""
    return bool(_POSING.search(_last_sentence(before)))


def grounds(before: str) -> bool:
    """Whether the words between a formula and the one before it say that the latter rests on it:
    "because", "since", "if"."""
    words = before.strip().lower()
    return len(_SENTENCE_END.split(words)) == 1 and bool(_GROUNDING.search(words))


def concludes(before: str) -> bool:
    """Whether the words before a formula say that it follows from the one before, and no more."""
    words = _last_sentence(before)
    return bool(_CONCLUDING.search(words)) and not _SUPPOSING.search(words)


def is_list(between: str) -> bool:
    """Whether only a comma or an "and" stands between two formulas, so that what announces the
    first announces the second."""
    return len(between) < _LONGEST and bool(_BETWEEN.fullmatch(between.lower()))
