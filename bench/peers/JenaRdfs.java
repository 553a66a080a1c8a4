import org.apache.jena.rdf.model.InfModel;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.reasoner.ReasonerRegistry;
import org.apache.jena.reasoner.rulesys.RDFSRuleReasonerFactory;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.vocabulary.ReasonerVocabulary;

/**
 * RDFS of Jena, "simple" (without axiomatic triples) of data and ontology:
 * java -cp CLASSPATH JenaRdfs.java ONTOLOGY DATA OUT [ONTOLOGY DATA OUT ...]
 */
public class JenaRdfs {
  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i + 2 < arguments.length; i += 3) {
      Model schema = RDFDataMgr.loadModel(arguments[i]);
      Model data = RDFDataMgr.loadModel(arguments[i + 1]);
      var reasoner = ReasonerRegistry.getRDFSSimpleReasoner().bindSchema(schema);
      InfModel inferred = ModelFactory.createInfModel(reasoner, data);
      Model all = ModelFactory.createDefaultModel().add(inferred);
      try (var out = new java.io.FileOutputStream(arguments[i + 2])) {
        RDFDataMgr.write(out, all, RDFFormat.NTRIPLES_UTF8);
      }
    }
  }
}
