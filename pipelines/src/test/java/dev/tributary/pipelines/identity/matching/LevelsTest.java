package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelsTest {
  @ParameterizedTest
  @CsvSource({"martha,marhta,0.9611", "dixon,dicksonx,0.8133", "dwayne,duane,0.84", "a,b,0"})
  void jaroWinklerIsAsPublished(String left, String right, double similarity) {
    assertThat(StringDistance.jaroWinkler(left, right)).isCloseTo(similarity, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"kitten,sitting,3", "abcd,abdc,1", "ca,abc,3", "same,same,0", "a,abcdef,4"})
  void editsCountTranspositionsAsOneUpToTheBound(String left, String right, int edits) {
    assertThat(StringDistance.edits(left, right, 3)).isEqualTo(edits);
    assertThat(StringDistance.edits(right, left, 3)).isEqualTo(edits);
  }

  @ParameterizedTest
  @CsvSource({"robert,r163", "rupert,r163", "ashcraft,a261", "tymczak,t522", "pfister,p236"})
  void soundexIsTheAmericanOne(String word, String code) {
    assertThat(StringDistance.soundex(word)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "1971-06-24,19710624,equal",
    "24-May-11,2011-05-24,equal",
    "Mar 1 1970,1970-03-01,equal",
    "12/11/1978,11/12/1978,swapped",
    "1971-06-24,1971-06-25,one digit",
    "1971-06-24,1999-06-24,two parts",
    "1971-06-24,1971-11-03,same year",
    "1971-06-24,1985-11-03,different"
  })
  void datesAreReadInManyFormsAndComparedByPart(String left, String right, String label) {
    DateLevels rule = new DateLevels();
    String a = rule.normalise(left);
    String b = rule.normalise(right);
    int level = a.equals(b) ? rule.labels().size() - 1 : rule.level(a, b);
    assertThat(rule.labels().get(level)).contains(label);
  }

  @ParameterizedTest
  @CsvSource({
    "818-892-2818,18188922818,equal",
    "0171 2345678,+49 171 2345678,equal",
    "0049 171 2345678,+49 171 2345678,equal",
    "49 171 2345678,+49 171 2345678,equal",
    "22345678,+47 22345678,equal",
    "02 1234567,+32 2 1234567,equal",
    "06 1234567,+39 06 1234567,equal",
    "+49 171 2345678,+44 171 2345678,same national number",
    "12345 8188922818,8188922818,same national number",
    "9175551234,175551234,same national number",
    "0117 496 0123,01117 496 0123,same national number",
    "892-2818,18188922818,same local number",
    "818-892-2818,818-892-2811,one digit differs",
    "818-892-2818,702-919-1300,different"
  })
  void telephoneNumbersAreTheSameWithACountrysCodeAndWithout(
      String left, String right, String label) {
    PhoneLevels rule = new PhoneLevels();
    String a = rule.normalise(left);
    String b = rule.normalise(right);
    int level = a.equals(b) ? rule.labels().size() - 1 : rule.level(a, b);
    assertThat(rule.labels().get(level)).isEqualTo(label);
    assertThat(rule.level(b, a)).isEqualTo(rule.level(a, b));
  }

  @ParameterizedTest
  @CsvSource({
    "Gender,M,male",
    "sex,Female,female",
    "sex,2,female",
    "sex,0,0",
    "sex,9,''",
    "Geschlecht,w,female",
    "sexo,M,m",
    "GENDER,Unknown,''",
    "GENDER,U,''",
    "ADDR_COUNTRY,DEU,germany",
    "nationality,Germany,germany",
    "country,GB,united kingdom",
    "country,Great Britain,united kingdom",
    "country,U.S.A.,united states",
    "country,Russian Federation,russia",
    "country,Türkiye,turkey",
    "country,TR,turkey",
    "country,KR,south korea",
    "country,Gemany,gemany",
    "occupation,M,m",
    "marital_status,U,u",
    "state,unknown,''",
    "state,N/A,''"
  })
  void categoriesHaveOneForm(String column, String value, String form) {
    assertThat(new CategoryLevels(column).normalise(value)).isEqualTo(form);
  }

  @Test
  void everyRuleIsSymmetricAndBelievesInOneWholeOfMatches() {
    List<LevelRule> rules =
        List.of(
            new CategoryLevels("occupation"),
            new CodeLevels(),
            new DateLevels(),
            new EmailLevels(),
            new GenerationLevels(),
            new NumberLevels(),
            new PhoneLevels(),
            new PostcodeLevels());
    List<String> values =
        List.of("1971-06-24", "bn3 6hd", "bn3 7hd", "ada@x.org", "ada@y.org", "12345678", "jr", "");
    for (LevelRule rule : rules) {
      assertThat(rule.belief()).hasSize(rule.labels().size());
      assertThat(java.util.Arrays.stream(rule.belief()).sum()).isCloseTo(1, within(1e-9));
      for (String left : values) {
        for (String right : values) {
          String a = rule.normalise(left);
          String b = rule.normalise(right);
          assertThat(rule.level(a, b)).isEqualTo(rule.level(b, a));
          assertThat(rule.keys(a)).hasSameSizeAs(rule.keyNames());
        }
      }
    }
  }

  @Test
  void nicknamesAreRelatedBothWays() {
    assertThat(Nicknames.related("bob", "robert")).isTrue();
    assertThat(Nicknames.related("robert", "bob")).isTrue();
    assertThat(Nicknames.related("bob", "william")).isFalse();
    assertThat(Nicknames.related("peggie", "margaret")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "postcode_fake,bn3 6hd,POSTCODE",
    "first_and_surname,ada lovelace,FULL_NAME",
    "givenName,ada,GIVEN_NAME",
    "ADDR_LINE1,1 High St,ADDRESS",
    "PHONE_TYPE,HOME,CATEGORY",
    "contact,ada@example.com,EMAIL",
    "when,2020-01-01,DATE",
    "cluster,7,IGNORE",
    "authors,A. Lovelace,NAME_LIST",
    "first,2020-01-01,DATE",
    "mid_price,12.5,NUMBER",
    "source,party3,IGNORE",
    "household_id,h7,IGNORE",
    "Vorname,Ada,GIVEN_NAME",
    "Nachname,Lovelace,FAMILY_NAME",
    "first,Ada,GIVEN_NAME",
    "midl_name,K,MIDDLE_NAME",
    "pername1,MARY,GIVEN_NAME",
    "pername2,LOVELACE,FAMILY_NAME",
    "string,'BARKER, Mary K.',FULL_NAME",
    "whoever,Dr. Mary Barker Jr.,FULL_NAME",
    "hse_num,12,ADDRESS"
  })
  void kindsFollowFromNamesAndValues(String column, String value, AttributeKind kind) {
    assertThat(KindInference.of(column, new String[] {value, ""})).isEqualTo(kind);
  }

  @Test
  void yearMonthAndDayInThreeColumnsAreOneDate() {
    assertThat(DateColumns.dates(List.of("dob_day", "dob_mon", "dob_year", "sex")))
        .containsExactly(List.of("dob_year", "dob_mon", "dob_day"));
    assertThat(DateColumns.dates(List.of("by", "bm", "bd")))
        .containsExactly(List.of("by", "bm", "bd"));
    assertThat(DateColumns.dates(List.of("birth_month", "birth_day", "birth_year")))
        .containsExactly(List.of("birth_year", "birth_month", "birth_day"));
    assertThat(DateColumns.dates(List.of("year", "body", "day", "academy"))).isEmpty();
    assertThat(DateColumns.day("1971", "6", "24.0")).isEqualTo("1971-06-24");
    assertThat(DateColumns.day("", "", "")).isEmpty();
  }

  @Test
  void namesFarApartStillCompareBetterThanOthers() {
    WordLevels names = new WordLevels(true);
    assertThat(names.level("shipman", "zhiman")).isEqualTo(WordLevels.LIKE);
    assertThat(names.level("ruht", "rutli")).isGreaterThanOrEqualTo(WordLevels.FAR);
    assertThat(names.level("keeley", "kaylee")).isEqualTo(WordLevels.FAR);
    assertThat(new WordLevels(false).level("keeley", "kaylee")).isEqualTo(WordLevels.NONE);
    assertThat(names.level("wu", "wei")).isEqualTo(WordLevels.NONE);
    assertThat(names.level("zang", "william")).isEqualTo(WordLevels.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "'ВАСИЛЬЕВ, Александр Павлович',vasilyev aleksandr pavlovich",
    "Παπαδόπουλος,papadopoulos",
    "王杰,wang jie",
    "Müller-Lüdenscheidt,muller ludenscheidt"
  })
  void otherScriptsAreComparedInLatinLetters(String value, String words) {
    assertThat(Text.words(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "Morris I,sr",
    "Morris II,jr",
    "Dobbins Senior,sr",
    "Dobbins Jr.,jr",
    "I Morris,''",
    "Ivo III,iii"
  })
  void generationsAreToldFromSuffixes(String name, String generation) {
    assertThat(NameRole.generation(name)).isEqualTo(generation);
  }

  @Test
  void theMailboxOfAnOfficeIsNoPersons() {
    assertThat(EmailLevels.role("Info@ca-state.gov")).isTrue();
    assertThat(EmailLevels.role("ada@ca-state.gov")).isFalse();
  }

  @Test
  void aNameAndAnAddressInOneValueAreTakenApart() {
    String[] values = {"barker mary k 12 high street", "Lovelace, Ada, 7 St James Square", ""};
    assertThat(NameAndAddress.describes(values)).isTrue();
    assertThat(NameAndAddress.name(values[0])).isEqualTo("barker mary k");
    assertThat(NameAndAddress.address(values[1])).isEqualTo("7 St James Square");
    assertThat(NameAndAddress.describes(new String[] {"Suite 12, 7 High Street"})).isFalse();
    assertThat(NameAndAddress.familyFirst(new String[] {"barker mary k", "lovelace john"}))
        .isTrue();
    assertThat(NameAndAddress.familyFirst(new String[] {"mary barker", "john lovelace"})).isFalse();
  }

  @Test
  void evaluationCountsPairsAndRecords() {
    ClusterEvaluation one =
        ClusterEvaluation.of(List.of(1, 1, 2, 2, 3), List.of("a", "a", "a", "b", "b"));
    assertThat(one.pairwisePrecision()).isCloseTo(0.5, within(1e-9));
    assertThat(one.pairwiseRecall()).isCloseTo(0.25, within(1e-9));
    assertThat(one.bCubedPrecision()).isCloseTo(0.8, within(1e-9));
    assertThat(one.bCubedRecall()).isCloseTo((4.0 / 3 + 1.0 / 3 + 1) / 5, within(1e-9));
  }
}
