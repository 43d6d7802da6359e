"""Write hooks/errorcatalog/search/characters.json: `make characters`; with `--check`, only look.

Forms come from OpenCC's dictionaries. Sounds come from pypinyin, which has Unihan's readings.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from errorcatalog.search.characters import DATA

# Han characters in common use (CJK Unified Ideographs).
_HAN = tuple(map(chr, range(0x4E00, 0xA000)))

# Of these, the ones that people type: in level 1 of Big5 (Taiwan), with a Simplified form in level
# 1 of GB 2312 (mainland China). These are the lead bytes of both levels.
_BIG5_LEVEL_1 = range(0xA4, 0xC7)
_GB2312_LEVEL_1 = range(0xB0, 0xD8)

# Tones are left out, and so is what speakers in Taiwan most often do not tell apart.
_ALIKE = ((re.compile("^(z|c|s)h"), r"\1"), (re.compile("(?<=[ie])ng$"), "n"))


def main() -> int:
    """Write the file, or say that it is not what would be written."""
    text = json.dumps(_tables(), ensure_ascii=False, indent=0) + "\n"
    if sys.argv[1:] == ["--check"]:
        return int(DATA.read_text(encoding="utf-8") != text)
    DATA.write_text(text, encoding="utf-8")
    return 0


def _tables() -> dict[str, list[str]]:
    forms = _canonical_forms()
    by_sound: dict[str, list[str]] = defaultdict(list)
    for character in _HAN:
        is_common = _lead(character, "big5") in _BIG5_LEVEL_1
        if is_common and _lead(forms[character], "gb2312") in _GB2312_LEVEL_1:
            by_sound[_sound(character)].append(character)
    return {
        "forms": [character + form for character, form in forms.items() if character != form],
        "sounds": ["".join(group) for _, group in sorted(by_sound.items()) if len(group) > 1],
    }


def _canonical_forms() -> dict[str, str]:
    """Simplified, then Taiwan's form of that, then Simplified again.

    The way round joins forms that one conversion leaves apart.
    """
    forms = "\n".join(_HAN)
    for step in ("t2s", "s2tw", "t2s"):
        forms = OpenCC(step).convert(forms)
    return dict(zip(_HAN, forms.split("\n"), strict=True))


def _lead(character: str, encoding: str) -> int:
    """The first byte of a character in an encoding of two bytes, or 0 if it is not in it."""
    return next(iter(character.encode(encoding, errors="ignore")), 0)


def _sound(character: str) -> str:
    (sound,) = lazy_pinyin(character, style=Style.NORMAL)
    for pattern, alike in _ALIKE:
        sound = pattern.sub(alike, sound)
    return sound


if __name__ == "__main__":
    sys.exit(main())
