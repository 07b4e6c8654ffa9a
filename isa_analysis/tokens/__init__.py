"""Tokens per second: time to first token and per output token, and what bounds them."""

from isa_analysis.tokens.model import BoardTokens, Step, Tokens
from isa_analysis.tokens.run import TokenOptions, token_times

__all__ = ["BoardTokens", "Step", "TokenOptions", "Tokens", "token_times"]
