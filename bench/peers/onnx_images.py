"""ONNX Runtime as a peer: seconds for a batch of pictures from an exported generator.

    python onnx_images.py FILE.onnx BATCH SECONDS
"""

import sys
import time

import numpy as np
import onnxruntime

import report

options = onnxruntime.SessionOptions()
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
entry = session.get_inputs()[0]
z = np.random.normal(size=(int(sys.argv[2]), entry.shape[1])).astype("float32")
for _ in range(5):
    session.run(None, {entry.name: z})
times = []
end = time.perf_counter() + float(sys.argv[3])
while time.perf_counter() < end:
    began = time.perf_counter()
    session.run(None, {entry.name: z})
    times.append(time.perf_counter() - began)
report.show(times, None, f"onnxruntime {onnxruntime.__version__}")
