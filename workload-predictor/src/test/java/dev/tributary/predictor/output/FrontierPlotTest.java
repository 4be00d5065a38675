package dev.tributary.predictor.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Enforced;
import dev.tributary.predictor.recommend.Fixtures;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommender;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FrontierPlotTest {
  @Test
  void everySafeCandidateIsADotAndTheChosenOneIsNamed() throws Exception {
    Recommendation answer = ask(Duration.ofHours(1));
    Document svg = parse(FrontierPlot.of(answer, false));
    long safe = answer.candidates().stream().filter(of -> of.isSafe()).count();
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo((int) safe + 1);
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("deadline")
        .contains(((Recommendation.Cheapest) answer).cluster().label());
    assertThat(FrontierPlot.of(answer, true)).startsWith("<!doctype html>");
  }

  @Test
  void withoutASafeCandidateTheEmptyPlotSaysSo() throws Exception {
    Recommendation answer =
        new Recommender(Fixtures.PRICES, Fixtures.MODELS)
            .recommend(
                Fixtures.request(
                    Fixtures.runs(),
                    Fixtures.onDemand(
                        null, Fixtures.conf(java.util.Map.of("spark.executor.memory", "1g"))),
                    Platform.SPARK_SUBMIT));
    assertThat(parse(FrontierPlot.of(answer, false)).getDocumentElement().getTextContent())
        .contains("no candidate is known and large enough");
  }

  private static Recommendation ask(Duration deadline) {
    Constraints constraints = Fixtures.onDemand(deadline, Enforced.NOTHING);
    return new Recommender(Fixtures.PRICES, Fixtures.MODELS)
        .recommend(Fixtures.request(Fixtures.runs(), constraints, Platform.SPARK_SUBMIT));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
