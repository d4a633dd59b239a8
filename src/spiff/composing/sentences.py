"""What each finding says to people who run a shop. Shoppers read the customiser's own words."""

from spiff.composing.answers import Finding

SENTENCES = {
    "unknown-step": "the workflow has no such step",
    "unknown-variant": "the step does not offer this variant",
    "color-not-allowed": "a colour is written #rrggbb, and only where the step lets one pick any",
    "field-not-allowed": "an answer to a step of this type has no such member",
    "line-break-not-allowed": "the text must be one line",
    "text-too-long": "the text is too long; most characters:",
    "glyph-missing": "the chosen font lacks these characters:",
    "text-does-not-fit": "the text does not fit, even at the smallest size",
    "mandatory-empty": "this must be chosen or filled in",
    "text-too-short": "the text is too short; least characters:",
    "profanity": "this word is not printed:",
    "characters-not-allowed": "only letters, digits and spaces can be set, not:",
    "unknown-slot": "the drawing has no such colour:",
    "unknown-upload": "this transaction has no such upload",
    "upload-not-allowed": "the step does not take files of this kind",
    "placement-out-of-range": "the upload lies too far away, or is too small or too large",
    "seed-out-of-range": "a seed is a whole number from 0 to 4294967295",
    "url-not-allowed": "the step takes no address, or this is no web address such as example.com/page",
    "overlay-missing": "the product has no overlay picture",
    "text-too-small": "the text is too small to be printed well, in points:",
    "marks-outside-region": "marks pile up on a letter until they leave the text's place, on the panel",
    "code-too-small": "the code is too small to be read by every camera; a module of it, in millimetres:",
    "resolution-too-low": "the picture has too few pixels for its size in print; dots per inch:",
    "outside-safe-area": "this may be cut off when the panel is trimmed:",
    "short-of-bleed": "this ends at the edge instead of running over it, which may leave a white line:",
    "line-too-thin": "the line is too thin to be printed well, in points:",
    "too-many-colors": "more colours than the panel can be printed with:",
    "too-much-ink": "more ink at one place than the paper takes, in percent of the four together:",
    "contrast-too-low": "this can hardly be told from the colour beneath it:",
}


def sentence_of(finding: Finding, value: str | None = None) -> str:
    """The finding in words, with its detail, or with another `value` in its place."""
    return f"{SENTENCES[finding.code]} {finding.detail if value is None else value}".strip()
