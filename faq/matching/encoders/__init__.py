"""The encoders there are: two packages that may be installed, and any model of one's own in ONNX."""
