package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  @Property(tries = 5000, seed = "20260101")
  void agreesWithJavaTime(
      @ForAll @LongRange(min = YEAR_0 + 86_400, max = YEAR_10000 - 86_401) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -1079, max = 1079) int offsetMinutes) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
    String text =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx")
            .format(instant.atOffset(offset));
    assertThat(Rfc3339.micros(text)).as(text).isEqualTo(second * 1_000_000 + nano / 1_000);
  }

  @Property(tries = 5000, seed = "20260101")
  void datesAgreeWithJavaTime(@ForAll @IntRange(min = -719_528, max = 2_932_896) int day) {
    assertThat(Rfc3339.epochDay(LocalDate.ofEpochDay(day).toString())).isEqualTo(day);
  }

  @Test
  void acceptsTheSpellingsOfTheStandard() {
    assertThat(Rfc3339.micros("1970-01-01t00:00:01z")).isEqualTo(1_000_000);
    assertThat(Rfc3339.micros("1970-01-01 00:00:01-00:00")).isEqualTo(1_000_000);
    assertThat(Rfc3339.micros("1970-01-01T00:00:00.0000019Z")).isEqualTo(1);
    assertThat(Rfc3339.micros("1969-12-31T23:59:59.9999999Z")).isEqualTo(-1);
    assertThat(Rfc3339.micros("0000-01-01T00:00:00Z")).isEqualTo(YEAR_0 * 1_000_000);
    assertThat(Rfc3339.micros("9999-12-31T23:59:59.999999Z")).isEqualTo(YEAR_10000 * 1_000_000 - 1);
  }

  @Test
  void aLeapSecondIsTheFirstOfTheNextMinute() {
    assertThat(Rfc3339.micros("2016-12-31T23:59:60Z"))
        .isEqualTo(Rfc3339.micros("2017-01-01T00:00:00Z"));
    assertThat(Rfc3339.micros("1990-12-31T15:59:60.5-08:00"))
        .isEqualTo(Rfc3339.micros("1991-01-01T00:00:00.5Z"));
    assertThat(Rfc3339.micros("2016-12-31T22:59:60Z")).isEqualTo(Rfc3339.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2020-01-01",
        "2020-01-01T00:00:00",
        "2020-1-01T00:00:00ZZ",
        "2020-13-01T00:00:00Z",
        "2020-00-01T00:00:00Z",
        "2020-01-00T00:00:00Z",
        "2021-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2020-01-01T24:00:00Z",
        "2020-01-01T00:60:00Z",
        "2020-01-01T00:00:61Z",
        "2020-01-01T00:00:00.Z",
        "2020-01-01T00:00:00.1",
        "2020-01-01T00:00:00,1Z",
        "2020-01-01T00:00:00+24:00",
        "2020-01-01T00:00:00+0100",
        "2020-01-01T00:00:00+01:60",
        "2020-01-01T00:00:00Z ",
        "2020-01-01_00:00:00Z",
        "２０２０-01-01T00:00:00Z",
        "-020-01-01T00:00:00Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(Rfc3339.micros(text)).isEqualTo(Rfc3339.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2020-02-30", "2020-2-3", "2020-01-01T", "20200101", "2020/01/01"})
  void refusesWhatIsNoDate(String text) {
    assertThat(Rfc3339.epochDay(text)).isEqualTo(Rfc3339.INVALID_DAY);
  }
}
