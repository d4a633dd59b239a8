"""Steps that draw nothing on panels: something to read, and choices that only the 3D view shows."""

from spiff.composing.kinds import Kind, lacks_nothing
from spiff.composing.workflow import InformationStep, MaterialStep, ModelStep

INFORMATION: Kind[InformationStep] = Kind(fields=(), lacking=lacks_nothing)
MATERIAL: Kind[MaterialStep] = Kind()
MODEL: Kind[ModelStep] = Kind()
