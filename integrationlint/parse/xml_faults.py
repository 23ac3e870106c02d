"""What is wrong with an XML text, where, and what to do about it."""

from typing import Final
from xml.parsers.expat import ExpatError, errors

from integrationlint.model.document import Fault, XmlNode
from integrationlint.parse.text import Lines

_MESSAGES: Final = {
    errors.XML_ERROR_UNDEFINED_ENTITY: "only &lt; &gt; &amp; &quot; &apos; and numbers such as &#160; are known here",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "nothing may follow the end of the root element",
    errors.XML_ERROR_UNBOUND_PREFIX: "a prefix in this tag is bound to no namespace: declare it with xmlns:",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute is written twice in this tag",
    errors.XML_ERROR_MISPLACED_XML_PI: "the XML declaration has to be the very first thing in the file",
    errors.XML_ERROR_UNCLOSED_TOKEN: "what begins here is never closed",
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "a CDATA section is never closed with ]]>",
}


def explain(error: ExpatError, text: str, lines: Lines, open_elements: list[XmlNode]) -> Fault:
    """What expat met, in words that help; `open_elements` are those that had not ended."""
    at = lines.offset(error.lineno, error.offset + 1)
    reason = errors.messages[error.code]
    message = _MESSAGES.get(reason)
    if reason == errors.XML_ERROR_TAG_MISMATCH:
        message = f"the end tag does not fit{_innermost(open_elements)}"
    elif reason == errors.XML_ERROR_NO_ELEMENTS:
        message = f"the file ends here{_innermost(open_elements) or ', and holds no element'}"
    elif reason == errors.XML_ERROR_INVALID_TOKEN:
        # A sign that begins nothing is reported one character late.
        at -= text[at - 1 : at] in ("<", "&")
        message = _invalid(text[at : at + 1])
    return lines.fault("syntax", message or reason, at)


def _innermost(open_elements: list[XmlNode]) -> str:
    if not open_elements:
        return ""
    return f": <{open_elements[-1].local}> of line {open_elements[-1].line} is still open"


def _invalid(char: str) -> str:
    if char == "&":
        return "'&' has to be written &amp; in a text or value"
    if char == "<":
        return "'<' has to be written &lt; in a text or value, or a quote before it is not closed"
    if char and ord(char) < 32:
        return f"the control character U+{ord(char):04X} may not stand in XML"
    return f"{char!r} is not expected here: the XML is not well-formed"
