"""python pyshacl_peer.py FOLDER"""
import collections
import json
import sys
import time

import pyshacl
import rdflib

SPACE = "http://example.org/faults/"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def kind(focus):
    if not isinstance(focus, rdflib.URIRef) or not focus.startswith(SPACE):
        return "targetObjects"
    return focus[len(SPACE):].split("/")[0]


start = time.time()
data = rdflib.Graph().parse(sys.argv[1] + "/data.nt")
shapes = rdflib.Graph().parse(sys.argv[1] + "/shapes.ttl")
loaded = time.time()
_, report, _ = pyshacl.validate(data, shacl_graph=shapes)
done = time.time()
counts = collections.Counter()
for result in report.objects(None, SH.result):
    component = report.value(result, SH.sourceConstraintComponent)
    counts[f"{kind(report.value(result, SH.focusNode))} {component.split('#')[1]}"] += 1
print(json.dumps({"load": loaded - start, "validate": done - loaded, "counts": counts}))
