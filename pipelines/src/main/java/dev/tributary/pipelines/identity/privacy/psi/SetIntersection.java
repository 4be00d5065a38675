package dev.tributary.pipelines.identity.privacy.psi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The three steps of a private set intersection: {@link #request} by A, {@link #answer} by B,
 * {@link #finish} by A.
 */
public final class SetIntersection {
  private SetIntersection() {}

  /**
   * What was found.
   *
   * @param common A's identifiers that B has, in normal form, sorted; empty where only the size is
   *     known
   * @param size how many identifiers both have
   * @param own how many different identifiers A has
   * @param theirs how many B has
   */
  public record Result(List<String> common, boolean sizeOnly, int size, int own, int theirs) {}

  /**
   * Step 1, by A: writes what B gets, and the secret that the last step needs (mode 0600, never to
   * be handed on).
   *
   * @return how many different identifiers were asked for
   */
  public static int request(PsiInput input, IdentifierKind kind, Path secret, Path output) {
    List<String> identifiers = normal(input, kind);
    BlindingExponent exponent = BlindingExponent.random();
    List<Element> blinded = exponent.blind(identifiers);
    int[] order = ascending(blinded);
    byte[] session = new byte[16];
    new SecureRandom().nextBytes(session);
    String id = HexFormat.of().formatHex(session);
    new SessionSecret(id, exponent.scalar(), digest(identifiers), order).write(secret);
    List<Element> sent = IntStream.of(order).mapToObj(blinded::get).toList();
    new PsiMessage(PsiMessage.Step.REQUEST, kind, id, false, sent, List.of()).write(output);
    return identifiers.size();
  }

  /**
   * Step 2, by B: answers a request. B keeps nothing.
   *
   * @param sizeOnly whether A may learn only how many identifiers are common
   * @return how many different identifiers B has
   */
  public static int answer(Path request, PsiInput input, boolean sizeOnly, Path output) {
    PsiMessage asked = PsiMessage.read(request, PsiMessage.Step.REQUEST);
    List<String> identifiers = normal(input, asked.kind());
    BlindingExponent exponent = BlindingExponent.random();
    List<Element> theirs = exponent.blindAgain(asked.own());
    List<Element> own = exponent.blind(identifiers).stream().sorted().toList();
    new PsiMessage(
            PsiMessage.Step.ANSWER,
            asked.kind(),
            asked.session(),
            sizeOnly,
            own,
            sizeOnly ? theirs.stream().sorted().toList() : theirs)
        .write(output);
    return identifiers.size();
  }

  /** Step 3, by A: the intersection, from the same table as in step 1. */
  public static Result finish(Path answer, Path secret, PsiInput input) {
    SessionSecret remembered = SessionSecret.read(secret);
    PsiMessage answered = PsiMessage.read(answer, PsiMessage.Step.ANSWER);
    if (!answered.session().equals(remembered.session())) {
      throw PsiErrors.otherSession(answer, remembered.session(), answered.session());
    }
    List<String> identifiers = normal(input, answered.kind());
    if (!MessageDigest.isEqual(digest(identifiers), remembered.inputDigest())) {
      throw PsiErrors.otherInput(input.file());
    }
    if (answered.theirs().size() != identifiers.size()) {
      throw PsiErrors.malformed(
          answer,
          "it answers " + answered.theirs().size() + " of " + identifiers.size() + " elements");
    }
    BlindingExponent exponent = new BlindingExponent(remembered.scalar());
    Set<Element> both = new HashSet<>(exponent.blindAgain(answered.own()));
    List<String> common = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < identifiers.size(); i++) {
      if (both.contains(answered.theirs().get(i))) {
        size++;
        common.add(identifiers.get(remembered.order()[i]));
      }
    }
    List<String> found = answered.sizeOnly() ? List.of() : common.stream().sorted().toList();
    return new Result(found, answered.sizeOnly(), size, identifiers.size(), answered.own().size());
  }

  /** Different normal forms, sorted. */
  private static List<String> normal(PsiInput input, IdentifierKind kind) {
    TreeSet<String> normal = new TreeSet<>();
    input.values().stream()
        .map(kind::normal)
        .filter(value -> !value.isEmpty())
        .forEach(normal::add);
    if (normal.isEmpty()) {
      throw PsiErrors.noIdentifiers(input.file(), input.column());
    }
    return List.copyOf(normal);
  }

  /** Sent in ascending order: as good as shuffled, since elements look random. */
  private static int[] ascending(List<Element> elements) {
    return IntStream.range(0, elements.size())
        .boxed()
        .sorted(Comparator.comparing(elements::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static byte[] digest(List<String> identifiers) {
    MessageDigest digest = PsiMessage.sha256();
    for (String identifier : identifiers) {
      digest.update(identifier.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return digest.digest();
  }
}
