"""The record of incidents, and what people learnt from them."""

__version__ = "0.1.0"
