package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.cannot;
import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentPictureTest {
  private static final GraphRules RULES = GraphRules.parse("rules", "unique: [crm_key]");

  private static Scene twoPeopleAndATablet() {
    return Scene.of(
            edge("user_id:u-1001", "email:ada@example.org", 1),
            edge("user_id:u-1001", "anonymous_id:cookie-4711", 0.95),
            edge("user_id:u-1001", "anonymous_id:cookie-4712", 0.95),
            edge("email:ada@example.org", "crm_key:C-77", 0.99),
            edge("crm_key:C-77", "phone:+493012345", 0.9),
            edge("user_id:u-1001", "device_id:tablet-9", 0.8),
            edge("user_id:u-2002", "device_id:tablet-9", 0.7),
            edge("user_id:u-2002", "email:bob@example.org", 1),
            edge("user_id:u-2002", "anonymous_id:cookie-5001", 0.95),
            edge("email:bob@example.org", "crm_key:C-88", 0.99),
            edge("crm_key:C-88", "phone:+493098765", 0.9),
            edge("anonymous_id:cookie-5001", "anonymous_id:cookie-4712", 0.55, "similar", null),
            edge("user_id:u-2002", "email:noreply@example.org", 1),
            edge("phone:+493012345", "phone:+493098765", 0.3))
        .with(cannot("user_id:u-1001", "user_id:u-2002", 5));
  }

  @Test
  void isTheSameTextForTheSameSet() {
    Scene scene = twoPeopleAndATablet();
    String svg = ComponentPicture.of(scene.by(RULES), PictureOptions.DEFAULT).svg();
    Scene shuffled = scene.shuffled(new Random(4));
    assertThat(ComponentPicture.of(shuffled.by(RULES), PictureOptions.DEFAULT).svg())
        .isEqualTo(svg);
  }

  @Test
  void showsValuesOnlyWhenAsked() {
    Resolution resolution = twoPeopleAndATablet().by(RULES);
    for (boolean page : new boolean[] {true, false}) {
      ComponentPicture masked = ComponentPicture.of(resolution, PictureOptions.DEFAULT);
      ComponentPicture open = ComponentPicture.of(resolution, PictureOptions.DEFAULT.withValues());
      assertThat(page ? masked.html() : masked.svg())
          .doesNotContain("ada@", "tablet-9", "+4930", "u-1001", "cookie-4711", "C-77")
          .contains("a•••@e•••.org");
      assertThat(page ? open.html() : open.svg()).contains("ada@example.org", "tablet-9");
    }
  }

  @Test
  void drawsWhatWasDroppedDashedWithItsReason() {
    String svg = ComponentPicture.of(twoPeopleAndATablet().by(RULES), PictureOptions.DEFAULT).svg();
    assertThat(svg).contains("stroke-dasharray", "cannot link", "blocked value", "below min");
  }

  @Test
  void isWellFormedWhateverTheValues() throws Exception {
    String nasty = "\"><script>alert('1')</script>&\u0000\u202e\ud800]]>";
    Scene scene =
        Scene.of(
            new Edge(
                new Identifier("<b>" + "x".repeat(50), nasty),
                id("email:%s%n"),
                nasty,
                0.9,
                1,
                2,
                1,
                nasty,
                nasty));
    ComponentPicture picture =
        ComponentPicture.of(
            scene.by(GraphRules.none("person")), PictureOptions.DEFAULT.withValues());
    assertThat(picture.svg()).doesNotContain("<script").doesNotContain("\u202e");
    assertThat(picture.html()).doesNotContain("<script");
    parse(picture.svg());
  }

  @Test
  void leavesOutWhatIsTooMuchAndSaysSo() throws Exception {
    List<Edge> star = new ArrayList<>();
    for (int i = 0; i < 1_999; i++) {
      star.add(edge("user_id:bot", "anonymous_id:" + i, 0.9));
    }
    Resolution resolution = Scene.of(star.toArray(Edge[]::new)).by(GraphRules.none("person"));
    String svg = ComponentPicture.of(resolution, PictureOptions.DEFAULT).svg();
    assertThat(svg).contains("Not shown: 1,880 identifiers and 1,880 links");
    assertThat(svg.split("<circle", -1)).hasSizeLessThan(200);
    parse(svg);
  }

  @Test
  void drawsTheEmptyAndTheLonely(@TempDir Path folder) throws Exception {
    Resolution nothing = Scene.of().by(RULES);
    parse(ComponentPicture.of(nothing, PictureOptions.DEFAULT).svg());
    Scene one = new Scene(List.of(new Node(id("email:a@b.org"), 1)), List.of(), List.of());
    String svg = ComponentPicture.of(one.by(RULES), PictureOptions.DEFAULT).svg();
    parse(svg);
    assertThat(svg).contains("1 profile, 1 identifier, 0 pieces of evidence dropped");
  }

  private static void parse(String svg) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  /** For the eye: run with a folder as argument. */
  static void write(Path folder) throws IOException {
    Scene scene = twoPeopleAndATablet();
    Resolution resolution = scene.by(RULES);
    PathExplanation why =
        PathExplanation.between(
            id("phone:+493012345"), id("anonymous_id:cookie-4711"), resolution, scene.decisions());
    PictureOptions options = PictureOptions.DEFAULT.along(((PathExplanation.Joined) why).path());
    ComponentPicture picture = ComponentPicture.of(resolution, options);
    Files.writeString(folder.resolve("two.svg"), picture.svg());
    Files.writeString(folder.resolve("two.html"), picture.html());
  }
}
