import pytest

from digests.errors import ParseError
from digests.sources.parse.charset import decode

SAMPLES = {
    "utf-8": "Erdoğan’ın “görüşmesi” — naïve café",
    "utf-8-sig": "Erdoğan’ın “görüşmesi”",
    "utf-16": "Erdoğan’ın “görüşmesi”",
    "utf-16-le": "Erdogan and Fidan met again on Monday",
    "utf-16-be": "Erdogan and Fidan met again on Monday",
    "utf-32": "Erdoğan’ın “görüşmesi”",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_unicode_in_every_coat_is_read(encoding):
    assert decode(SAMPLES[encoding].encode(encoding)) == SAMPLES[encoding]


DECLARED = {
    "windows-1252": "“Nous voilà”, dit-il – déjà",
    "iso-8859-1": "déjà vu à Genève",
    "iso-8859-9": "Erdoğan ile görüşme",
    "windows-1251": "Президент отверг предложение",
    "koi8-r": "Президент отверг предложение",
    "windows-1256": "رفض الرئيس الاقتراح",
    "shift_jis": "大統領は提案を拒否した",
    "euc-kr": "대통령은 제안을 거부했다",
    "gb18030": "总统拒绝了这项提议",
    "big5": "總統拒絕了這項提議",
    "iso-2022-jp": "大統領は提案を拒否した",
}


@pytest.mark.parametrize("encoding", DECLARED)
def test_what_a_header_or_the_text_itself_declares_is_used(encoding):
    text = DECLARED[encoding]
    assert decode(text.encode(encoding), f"text/html; charset={encoding}") == text
    document = f'<meta charset="{encoding}"><p>{text}</p>'
    assert decode(document.encode(encoding)) == document


def test_a_declaration_that_lies_about_valid_utf_8_is_not_believed():
    assert decode("görüşme".encode(), "text/html; charset=iso-8859-1") == "görüşme"
    assert decode(b"plain words", "text/html; charset=klingon") == "plain words"


def test_an_undeclared_encoding_is_guessed():
    text = "Президент отверг предложение и сказал, что переговоры продолжатся на следующей неделе. " * 20
    assert "Президент отверг предложение" in decode(text.encode("windows-1251"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x00", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (b"%PDF-1.4 x", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 20, "not readable"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "not readable"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_one_line(data, reason):
    with pytest.raises(ParseError, match=reason):
        decode(data)
