package dev.tributary.pipelines.identity.privacy.psi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetIntersectionTest {
  @TempDir Path directory;

  private Path secret;
  private Path request;
  private Path answer;

  @BeforeEach
  void name() {
    secret = directory.resolve("a.secret");
    request = directory.resolve("request.psi");
    answer = directory.resolve("answer.psi");
  }

  private static PsiInput emails(String... values) {
    return new PsiInput(Path.of("table.csv"), "email", List.of(values));
  }

  @Test
  void findsWhatBothHaveWhateverItsWritingAndOrder() {
    PsiInput a = emails("ann@x.org", "BOB@x.org ", "", "bob@x.org", "cy@x.org", "no address");
    SetIntersection.request(a, IdentifierKind.EMAIL, secret, request);
    int own =
        SetIntersection.answer(
            request, emails("dot@x.org", "Bob@X.org", "Ann@x.org"), false, answer);
    assertThat(own).isEqualTo(3);
    assertThat(SetIntersection.finish(answer, secret, a))
        .isEqualTo(new SetIntersection.Result(List.of("ann@x.org", "bob@x.org"), false, 2, 3, 3));
  }

  @Test
  void revealsTheSizeAloneWhenTheAnswerIsShuffled() {
    PsiInput a = emails("ann@x.org", "bob@x.org", "cy@x.org");
    SetIntersection.request(a, IdentifierKind.EMAIL, secret, request);
    SetIntersection.answer(request, emails("bob@x.org", "dot@x.org"), true, answer);
    assertThat(SetIntersection.finish(answer, secret, a))
        .isEqualTo(new SetIntersection.Result(List.of(), true, 1, 3, 2));
  }

  @Test
  void phoneNumbersAreComparedByTheirDigits() {
    PsiInput a = new PsiInput(Path.of("a.csv"), "phone", List.of("+44 20 7946-0018"));
    PsiInput b = new PsiInput(Path.of("b.csv"), "phone", List.of("0044 (20) 79460018"));
    SetIntersection.request(a, IdentifierKind.PHONE, secret, request);
    SetIntersection.answer(request, b, false, answer);
    assertThat(SetIntersection.finish(answer, secret, a).common()).containsExactly("442079460018");
  }

  @Test
  void theSecretIsReadableByItsOwnerOnlyAndNeverReplaced() throws IOException {
    SetIntersection.request(emails("ann@x.org"), IdentifierKind.EMAIL, secret, request);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThatThrownBy(
            () -> SetIntersection.request(emails("b@x.org"), IdentifierKind.EMAIL, secret, request))
        .hasMessageContaining("exists already");
  }

  @Test
  void refusesFilesThatAreNotWhatTheyShouldBe() throws IOException {
    PsiInput a = emails("ann@x.org", "bob@x.org");
    SetIntersection.request(a, IdentifierKind.EMAIL, secret, request);
    byte[] good = Files.readAllBytes(request);
    assertThatThrownBy(() -> SetIntersection.finish(request, secret, a))
        .hasMessageContaining("the file of step 'REQUEST'");
    Files.write(request, Arrays.copyOf(good, good.length - 40));
    assertThatThrownBy(() -> SetIntersection.answer(request, a, false, answer))
        .hasMessageContaining("checksum");
    Files.writeString(request, "hello");
    assertThatThrownBy(() -> SetIntersection.answer(request, a, false, answer))
        .hasMessageContaining("TRIBPSI1");
    assertThatThrownBy(() -> SetIntersection.answer(directory.resolve("none"), a, false, answer))
        .hasMessageContaining("does not exist");
  }

  @Test
  void refusesElementsThatAreNoPointsOrThereTwice() {
    byte[] twist = new byte[32];
    twist[0] = 2;
    refuses(List.of(new Element(twist)), "1 of 1 elements are no points of the curve");
    byte[] base = new byte[32];
    base[0] = 9;
    refuses(List.of(new Element(base), new Element(base)), "an element is there twice");
    byte[] smallOrder = new byte[32];
    smallOrder[0] = 1;
    refuses(List.of(new Element(smallOrder)), "small order");
  }

  private void refuses(List<Element> elements, String reason) {
    new PsiMessage(PsiMessage.Step.REQUEST, IdentifierKind.EMAIL, "00", false, elements, List.of())
        .write(request);
    assertThatThrownBy(() -> SetIntersection.answer(request, emails("a@x.org"), false, answer))
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAnotherTableOrAnotherSessionAtTheEnd() {
    PsiInput a = emails("ann@x.org", "bob@x.org");
    SetIntersection.request(a, IdentifierKind.EMAIL, secret, request);
    SetIntersection.answer(request, a, false, answer);
    assertThatThrownBy(() -> SetIntersection.finish(answer, secret, emails("ann@x.org")))
        .hasMessageContaining("not the table that the request was made from");
    Path other = directory.resolve("other.secret");
    SetIntersection.request(a, IdentifierKind.EMAIL, other, directory.resolve("other.psi"));
    assertThatThrownBy(() -> SetIntersection.finish(answer, other, a))
        .hasMessageContaining("answers session");
    assertThatThrownBy(
            () -> SetIntersection.request(emails("", "x"), IdentifierKind.EMAIL, other, answer))
        .hasMessageContaining("no identifiers in column 'email'");
  }

  @Test
  void throughput() {
    int n = 1_000;
    PsiInput a = emails(IntStream.range(0, n).mapToObj(i -> i + "@x.org").toArray(String[]::new));
    PsiInput b =
        emails(
            IntStream.range(n / 2, n + n / 2).mapToObj(i -> i + "@x.org").toArray(String[]::new));
    long start = System.nanoTime();
    SetIntersection.request(a, IdentifierKind.EMAIL, secret, request);
    SetIntersection.answer(request, b, false, answer);
    SetIntersection.Result result = SetIntersection.finish(answer, secret, a);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "private set intersection: 2 x %d identifiers in %.2f s, all three steps: %.0f a second%n",
        n, seconds, 2 * n / seconds);
    assertThat(result.size()).isEqualTo(n / 2);
    assertThat(result.common()).hasSize(n / 2);
  }
}
