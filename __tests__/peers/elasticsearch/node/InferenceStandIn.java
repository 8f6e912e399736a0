import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.plugins.IngestPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * A stand-in for the ingest processor {@code inference}, which has no free implementation: it answers from tables of
 * golden predictions, {@code <model id>.tsv} in the folder {@code stand-in.models}. The first line names the model's
 * inputs; each other one has a key, a class and the probability of class 1. The key is {@code name=value} of every input
 * that a document has, in the order of their names, joined by {@code |}: another field name, another key, no prediction.
 */
public final class InferenceStandIn extends Plugin implements IngestPlugin {
  private static final String TYPE = "inference";

  @Override
  public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
    Path folder = Paths.get(System.getProperty("stand-in.models"));
    return Collections.singletonMap(
        TYPE, (factories, tag, description, config) -> made(folder, tag, description, config));
  }

  private static Processor made(Path folder, String tag, String description, Map<String, Object> config) {
    String model = ConfigurationUtils.readStringProperty(TYPE, tag, config, "model_id");
    String target = ConfigurationUtils.readStringProperty(TYPE, tag, config, "target_field", "ml.inference");
    Map<String, String> map = ConfigurationUtils.readOptionalMap(TYPE, tag, config, "field_map");
    Map<String, String> mappings = ConfigurationUtils.readOptionalMap(TYPE, tag, config, "field_mappings");
    Map<String, Object> inference = ConfigurationUtils.readMap(TYPE, tag, config, "inference_config");
    Map<String, String> renamed = map != null ? map : mappings != null ? mappings : Collections.emptyMap();
    return new Inference(tag, description, folder.resolve(model + ".tsv"), model, target, renamed, inference);
  }

  private static Double probability(Map<String, Object> entry) {
    return (Double) entry.get("class_probability");
  }

  private static final class Inference extends AbstractProcessor {
    private final Path table;
    private final String model;
    private final String target;
    private final Map<String, String> renamed;
    private final Map<?, ?> classification;

    Inference(
        String tag,
        String description,
        Path table,
        String model,
        String target,
        Map<String, String> renamed,
        Map<String, Object> config) {
      super(tag, description);
      this.table = table;
      this.model = model;
      this.target = target;
      this.renamed = renamed;
      Object options = config.get("classification");
      this.classification = options instanceof Map ? (Map<?, ?>) options : Collections.emptyMap();
    }

    @Override
    public String getType() {
      return TYPE;
    }

    @Override
    public IngestDocument execute(IngestDocument document) throws IOException {
      if (!Files.exists(table)) throw new ResourceNotFoundException("Could not find trained model [{}]", model);
      List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
      String key = key(document, lines.get(0).split("\t"));
      document.setFieldValue(target, key.isEmpty() ? warning(missing()) : answer(lines, key));
      return document;
    }

    private String key(IngestDocument document, String[] inputs) {
      Map<String, Object> fields = new LinkedHashMap<>(document.getSourceAndMetadata());
      renamed.forEach(
          (from, to) -> {
            Object value = document.getFieldValue(from, Object.class, true);
            if (value != null) {
              fields.remove(from);
              fields.put(to, value);
            }
          });
      Map<String, String> present = new TreeMap<>();
      for (String input : inputs) {
        if (fields.get(input) != null) present.put(input, input + "=" + fields.get(input));
      }
      return String.join("|", present.values());
    }

    private Map<String, Object> answer(List<String> lines, String key) {
      for (String line : lines.subList(1, lines.size())) {
        String[] row = line.split("\t");
        if (row[0].equals(key)) return prediction(Long.parseLong(row[1]), Double.parseDouble(row[2]));
      }
      return warning("stand-in: no golden row has these fields");
    }

    private Map<String, Object> prediction(long predicted, double malicious) {
      List<Map<String, Object>> classes = new ArrayList<>();
      classes.add(chance(1, malicious));
      classes.add(chance(0, 1 - malicious));
      classes.sort(Comparator.comparing(InferenceStandIn::probability).reversed());
      int wanted = ((Number) option("num_top_classes", 0)).intValue();
      double own = predicted == 1 ? malicious : 1 - malicious;
      Map<String, Object> result = new LinkedHashMap<>();
      if (wanted != 0) {
        int shown = wanted < 0 ? classes.size() : Math.min(wanted, classes.size());
        List<Map<String, Object>> top = new ArrayList<>(classes.subList(0, shown));
        result.put((String) option("top_classes_results_field", "top_classes"), top);
      }
      result.put((String) option("results_field", "predicted_value"), named(predicted));
      result.put("prediction_probability", own);
      result.put("prediction_score", own);
      result.put("model_id", model);
      return result;
    }

    private Map<String, Object> chance(long name, double probability) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("class_name", named(name));
      entry.put("class_probability", probability);
      entry.put("class_score", probability);
      return entry;
    }

    private Object named(long name) {
      return "number".equals(option("prediction_field_type", "string")) ? (Object) name : Long.toString(name);
    }

    private Object option(String name, Object otherwise) {
      Object value = classification.get(name);
      return value == null ? otherwise : value;
    }

    private String missing() {
      return "Model [" + model + "] could not be inferred as all fields were missing";
    }

    private Map<String, Object> warning(String text) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("model_id", model);
      result.put("warning", text);
      return result;
    }
  }
}
