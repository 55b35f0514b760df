"""Kernels and Keras layers that the generator wrote, one module for each known algebra."""
