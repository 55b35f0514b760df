"""What generated kernels import: TensorFlow only, never SymPy."""
