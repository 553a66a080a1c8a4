import io.carml.engine.rdf.RdfRmlMapper;
import io.carml.logicalsourceresolver.CsvResolver;
import io.carml.logicalsourceresolver.JsonPathResolver;
import io.carml.logicalsourceresolver.XPathResolver;
import io.carml.util.RmlMappingLoader;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.RDFWriter;
import org.eclipse.rdf4j.rio.Rio;

/** {@code Carml MAPPING OUT}: sources lie beside the mapping; N-Triples, as they come. */
public class Carml {
  private static IRI formulation(String name) {
    return SimpleValueFactory.getInstance().createIRI("http://semweb.mmlab.be/ns/ql#" + name);
  }

  public static void main(String[] arguments) throws Exception {
    Path mapping = Path.of(arguments[0]).toAbsolutePath();
    try (var in = Files.newInputStream(mapping);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])), 1 << 20)) {
      var mapper = RdfRmlMapper.builder()
          .triplesMaps(RmlMappingLoader.build().load(RDFFormat.TURTLE, in))
          .fileResolver(mapping.getParent())
          .setLogicalSourceResolver(formulation("CSV"), CsvResolver::getInstance)
          .setLogicalSourceResolver(formulation("JSONPath"), JsonPathResolver::getInstance)
          .setLogicalSourceResolver(formulation("XPath"), XPathResolver::getInstance)
          .build();
      RDFWriter writer = Rio.createWriter(RDFFormat.NTRIPLES, out);
      writer.startRDF();
      mapper.map().toStream().forEach(writer::handleStatement);
      writer.endRDF();
    }
  }
}
