r"""The macros of well-known packages, written as an author would write them.

`physics`, `mathtools`, `cool` and plain TeX say many things that have a plain LaTeX spelling as
well; these are expanded like the macros of a document, whose own definitions come before them.
So are those that authors define in files of their own and that say by their name what they are
(`document/customary.py`).
"""

from __future__ import annotations

from proofcheck.document.customary import definitions
from proofcheck.document.macro_definitions import DEFINERS, Macro, definition
from proofcheck.document.macro_stream import TokenStream
from proofcheck.document.tokens import tokenize_text

_PLAIN_TEX = r"""
\def\matrix#1{\begin{matrix}#1\end{matrix}}
\def\pmatrix#1{\begin{pmatrix}#1\end{pmatrix}}
\def\bmatrix#1{\begin{bmatrix}#1\end{bmatrix}}
\def\vmatrix#1{\begin{vmatrix}#1\end{vmatrix}}
\def\cases#1{\begin{cases}#1\end{cases}}
"""

_DELIMITERS = r"""
\NewDocumentCommand{\norm}{s O{} m}{\left\|#3\right\|}
\NewDocumentCommand{\abs}{s O{} m}{\left|#3\right|}
\NewDocumentCommand{\absolutevalue}{s m}{\left|#2\right|}
\NewDocumentCommand{\qty}{s t\big t\Big t\bigg t\Bigg g}{\IfValueT{#6}{\{#6\}}}
\NewDocumentCommand{\quantity}{s g}{\IfValueT{#2}{\{#2\}}}
\NewDocumentCommand{\pqty}{s m}{(#2)}
\NewDocumentCommand{\bqty}{s m}{[#2]}
\NewDocumentCommand{\Bqty}{s m}{\{#2\}}
\NewDocumentCommand{\vqty}{s m}{\left|#2\right|}
\NewDocumentCommand{\eval}{s g d(| d[|}
    {\left.\IfValueT{#2}{#2}\IfValueT{#3}{#3}\IfValueT{#4}{#4}\right|}
\NewDocumentCommand{\evaluated}{s m}{\left.#2\right|}
\NewDocumentCommand{\inner}{s m m}{\langle#2,#3\rangle}
\let\innerp\inner
\let\innerproduct\inner
\let\inprod\inner
\let\iprod\inner
\let\ip\inner
\NewDocumentCommand{\commutator}{s m m}{[#2,#3]}
\let\comm\commutator
\NewDocumentCommand{\anticommutator}{s m m}{\{#2,#3\}}
\let\acomm\anticommutator
"""

_MATRICES = r"""
\NewDocumentCommand{\mqty}{s g d() d[]}{\IfValueT{#2}{\begin{matrix}#2\end{matrix}}
    \IfValueT{#3}{\begin{pmatrix}#3\end{pmatrix}}\IfValueT{#4}{\begin{bmatrix}#4\end{bmatrix}}}
\let\matrixquantity\mqty
\let\smqty\mqty
\newcommand{\pmqty}[1]{\begin{pmatrix}#1\end{pmatrix}}
\newcommand{\bmqty}[1]{\begin{bmatrix}#1\end{bmatrix}}
\newcommand{\vmqty}[1]{\begin{vmatrix}#1\end{vmatrix}}
"""

_DERIVATIVES = r"""
\NewDocumentCommand{\dd}{o g d()}
    {\mathrm{d}\IfValueT{#1}{^{#1}}\IfValueT{#2}{{#2}}\IfValueT{#3}{(#3)}}
\NewDocumentCommand{\differential}{o g d()}
    {\mathrm{d}\IfValueT{#1}{^{#1}}\IfValueT{#2}{{#2}}\IfValueT{#3}{(#3)}}
\NewDocumentCommand{\dv}{s o m g d()}{\IfValueTF{#4}
    {\frac{\mathrm{d}\IfValueT{#2}{^{#2}}#3}{\mathrm{d}#4\IfValueT{#2}{^{#2}}}}
    {\frac{\mathrm{d}\IfValueT{#2}{^{#2}}}{\mathrm{d}#3\IfValueT{#2}{^{#2}}}
     \IfValueT{#5}{(#5)}}}
\NewDocumentCommand{\pdv}{s o m g g d()}{\IfValueTF{#5}
    {\frac{\partial^2#3}{\partial#4\,\partial#5}}
    {\IfValueTF{#4}
        {\frac{\partial\IfValueT{#2}{^{#2}}#3}{\partial#4\IfValueT{#2}{^{#2}}}}
        {\frac{\partial\IfValueT{#2}{^{#2}}}{\partial#3\IfValueT{#2}{^{#2}}}
         \IfValueT{#6}{(#6)}}}}
\let\derivative\dv
\let\pderivative\pdv
\let\partialderivative\pdv
\newcommand{\grad}{\nabla}
\newcommand{\gradient}{\nabla}
\newcommand{\diff}{\mathrm{d}}
"""

_SYMBOLS = r"""
\newcommand{\vb}[1]{\mathbf{#1}}
\newcommand{\vectorbold}[1]{\mathbf{#1}}
\newcommand{\va}[1]{\vec{\mathbf{#1}}}
\newcommand{\vu}[1]{\hat{\mathbf{#1}}}
\newcommand{\vdot}{\cdot}
\newcommand{\dotproduct}{\cdot}
\newcommand{\cross}{\times}
\newcommand{\crossproduct}{\times}
\newcommand{\nicefrac}[2]{\frac{#1}{#2}}
\newcommand{\sfrac}[2]{\frac{#1}{#2}}
\newcommand{\flatfrac}[2]{\frac{#1}{#2}}
\newcommand{\mathds}[1]{\mathbb{#1}}
\let\mleft\left
\let\mright\right
"""

_CUSTOMARY = r"""
\newcommand{\E}{\mathbb{E}}
\newcommand{\Var}{\operatorname{Var}}
\newcommand{\Cov}{\operatorname{Cov}}
"""


def _macros(text: str) -> dict[str, Macro]:
    """The macros that LaTeX defines."""
    stream = TokenStream(tokenize_text(text))
    table: dict[str, Macro] = {}
    while item := stream.next():
        if item[0].text in DEFINERS:
            found = definition(item[0].text, stream, table)
            table.update([found] if found else ())
    return table


PACKAGES = _macros(definitions()) | _macros(
    _PLAIN_TEX + _DELIMITERS + _MATRICES + _DERIVATIVES + _SYMBOLS + _CUSTOMARY
)
"""The macros of packages, by their names with the backslash."""
