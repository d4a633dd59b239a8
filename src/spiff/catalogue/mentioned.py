"""Which files a workflow mentions, by digest. Knows no store and no YAML."""

from collections.abc import Iterator

from spiff.composing.workflow import FrameStep, ModuleStep, SilentIllustrationStep, Step, Workflow


def digests_in(workflow: Workflow) -> frozenset[str]:
    """The SHA-256 of every font, picture, drawing and model that its options and steps name."""
    variants = (variant for option in workflow.options for variant in option.variants)
    named = [digest for variant in variants for digest in (variant.asset, variant.thumbnail)]
    named += [digest for step in workflow.steps for digest in _of_step(step)]
    return frozenset(digest for digest in named if digest)


def _of_step(step: Step) -> Iterator[str | None]:
    if isinstance(step, FrameStep):
        yield from (step.placeholder, step.overlay)
    elif isinstance(step, ModuleStep):
        yield from (glyph.asset for glyph in step.glyphs)
    elif isinstance(step, SilentIllustrationStep):
        yield step.asset
