import java.io.PrintStream;
import org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner;
import org.elasticsearch.http.HttpServerTransport;

/**
 * One node of Elasticsearch on a free port of 127.0.0.1, with our processor {@code inference}. Says {@code READY port}
 * when it answers. Ends when its input does, so that it never outlives the one who started it.
 */
public final class ElasticsearchPeer {
  /** @param args the folder that the node may fill */
  public static void main(String[] args) throws Exception {
    // The node takes standard output for its log.
    PrintStream out = System.out;
    ElasticsearchClusterRunner runner = new ElasticsearchClusterRunner();
    runner.onBuild(
        (number, settings) -> {
          settings.put("http.port", "0");
          settings.put("transport.port", "0");
          settings.put("network.host", "127.0.0.1");
          settings.put("discovery.type", "single-node");
          settings.remove("cluster.initial_master_nodes");
          settings.remove("node.master");
          settings.remove("node.data");
          settings.remove("node.ingest");
          settings.putList("node.roles", "master", "data", "ingest");
        });
    runner.build(
        ElasticsearchClusterRunner.newConfigs()
            .clusterName("peer")
            .numOfNode(1)
            .basePath(args[0])
            .pluginTypes("InferenceStandIn"));
    HttpServerTransport http = runner.node().injector().getInstance(HttpServerTransport.class);
    out.println("READY " + http.boundAddress().publishAddress().getPort());
    out.flush();
    while (System.in.read() != -1) {}
    runner.close();
    System.exit(0);
  }
}
