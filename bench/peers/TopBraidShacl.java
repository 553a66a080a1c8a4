import java.util.TreeMap;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.RDFDataMgr;
import org.topbraid.shacl.validation.ValidationUtil;
import org.topbraid.shacl.vocabulary.SH;

/** Run as a source file: java -cp CLASSPATH TopBraidShacl.java FOLDER */
public class TopBraidShacl {
  static String kind(RDFNode focus) {
    String space = "http://example.org/faults/";
    if (!focus.isURIResource() || !focus.asResource().getURI().startsWith(space)) return "targetObjects";
    return focus.asResource().getURI().substring(space.length()).split("/")[0];
  }

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    Model data = RDFDataMgr.loadModel(arguments[0] + "/data.nt");
    Model shapes = RDFDataMgr.loadModel(arguments[0] + "/shapes.ttl");
    long loaded = System.nanoTime();
    Resource report = ValidationUtil.validateModel(data, shapes, false);
    long done = System.nanoTime();
    TreeMap<String, Integer> counts = new TreeMap<>();
    report.listProperties(SH.result).forEach(s -> {
      Resource result = s.getResource();
      String component = result.getPropertyResourceValue(SH.sourceConstraintComponent).getLocalName();
      counts.merge(kind(result.getProperty(SH.focusNode).getObject()) + " " + component, 1, Integer::sum);
    });
    StringBuilder out = new StringBuilder();
    counts.forEach((key, count) ->
        out.append(out.length() == 0 ? "" : ", ").append('"').append(key).append("\": ").append(count));
    System.out.printf("{\"load\": %.3f, \"validate\": %.3f, \"counts\": {%s}}%n",
        (loaded - start) / 1e9, (done - loaded) / 1e9, out);
  }
}
