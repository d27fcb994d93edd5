"""The laboratory: compared methods and benchmarks. The product never imports it."""
