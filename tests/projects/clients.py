"""Foreign readers of our outputs. Each RDF reader gives a set of digests, one for each statement, so that
sets of a million fit into memory."""

import hashlib


def digest(text):
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def statements_of_pyoxigraph(path):
    import pyoxigraph
    formats = {".ttl": pyoxigraph.RdfFormat.TURTLE, ".nt": pyoxigraph.RdfFormat.N_TRIPLES}
    return {digest(str(quad.triple)) for quad in pyoxigraph.parse(path=str(path), format=formats[path.suffix])}


def statements_of_rdflib(path):
    import rdflib
    rdflib.NORMALIZE_LITERALS = False
    graph = rdflib.Graph()
    graph.parse(path, format={".ttl": "turtle", ".nt": "nt"}[path.suffix])
    return {digest(" ".join(term.n3() for term in triple)) for triple in graph}


def graph_of_networkx(path):
    """Nodes, edges."""
    import networkx
    graph = networkx.read_graphml(path, force_multigraph=True)
    return graph.number_of_nodes(), graph.number_of_edges()


def graph_of_igraph(path):
    import igraph
    graph = igraph.Graph.Read_GraphML(str(path))
    return graph.vcount(), graph.ecount()
