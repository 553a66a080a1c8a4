import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;

/** Run as a source file: java -cp CLASSPATH JenaShacl.java FOLDER */
public class JenaShacl {
  static String kind(Node focus) {
    String space = "http://example.org/faults/";
    if (!focus.isURI() || !focus.getURI().startsWith(space)) return "targetObjects";
    return focus.getURI().substring(space.length()).split("/")[0];
  }

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    Graph data = RDFDataMgr.loadGraph(arguments[0] + "/data.nt");
    Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(arguments[0] + "/shapes.ttl"));
    long loaded = System.nanoTime();
    var report = ShaclValidator.get().validate(shapes, data);
    long done = System.nanoTime();
    TreeMap<String, Integer> counts = new TreeMap<>();
    report.getEntries().forEach(e -> counts.merge(
        kind(e.focusNode()) + " " + e.sourceConstraintComponent().getLocalName(), 1, Integer::sum));
    StringBuilder out = new StringBuilder();
    counts.forEach((key, count) ->
        out.append(out.length() == 0 ? "" : ", ").append('"').append(key).append("\": ").append(count));
    System.out.printf("{\"load\": %.3f, \"validate\": %.3f, \"counts\": {%s}}%n",
        (loaded - start) / 1e9, (done - loaded) / 1e9, out);
  }
}
