"""Cycles per instruction: the emulator's serial model, the seed's rules, memory charges."""

from isa_analysis.timing.model import (
    MEMORY_MODELS,
    TIMING_MODELS,
    ModelInfo,
    SimulatorCycleModel,
)

__all__ = ["MEMORY_MODELS", "TIMING_MODELS", "ModelInfo", "SimulatorCycleModel"]
