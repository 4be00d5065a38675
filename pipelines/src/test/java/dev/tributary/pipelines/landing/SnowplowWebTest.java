package dev.tributary.pipelines.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real web events of another pipeline's warehouse, as CSV, through a mapping. */
class SnowplowWebTest {
  private static final String EVENTS =
      "events/snowplow-web/integration_tests/data/source/snowplow_web_events.csv";
  private static final String MAPPING =
      """
      source: snowplow
      format: csv
      path: "%s"
      envelope:
        messageId: event_id
        type: CASE event WHEN 'page_view' THEN 'page' ELSE 'track' END
        event: CASE WHEN event <> 'page_view' THEN event_name END
        originalTimestamp: CAST(dvce_created_tstamp AS TIMESTAMP)
        sentAt: CAST(dvce_sent_tstamp AS TIMESTAMP)
        receivedAt: CAST(collector_tstamp AS TIMESTAMP)
        userId: user_id
        anonymousId: domain_userid
      properties:
        url: page_url
        title: page_title
        referrer: page_referrer
        y_max: CAST(pp_yoffset_max AS INT)
        consent: >-
          parse_json(unstruct_event_com_snowplowanalytics_snowplow_consent_preferences_1_0_0)
      context:
        sessionId: domain_sessionid
        sessionNumber: CAST(domain_sessionidx AS INT)
        ip: user_ipaddress
        userAgent: useragent
      """;

  @TempDir Path directory;

  /** 160 rows with 157 ids; one of its nine events is not in the plan. */
  @Test
  void theFilesRowsAreAccountedForAndTheirTimesAgreeWithThePipelineTheyComeFrom() throws Exception {
    Path csv = SampleData.path(EVENTS);
    LandingLake lake =
        new LandingLake(directory)
            .schema(
                "page_viewed",
                "{\"url\": {\"type\": \"string\"}, \"title\": {\"type\": \"string\"}}",
                "url")
            .schema("page_pinged", "{\"y_max\": {\"type\": \"integer\"}}", "y_max")
            .schema(
                "consent_chosen",
                "{\"consent\": {\"type\": \"array\", \"items\": {\"type\": \"object\"}}}",
                "consent")
            .type("page", "page_viewed")
            .event("page_ping", "page_pinged")
            .event("consent_preferences", "consent_chosen")
            .schema("other", "{}");
    for (String other :
        List.of(
            "cmp_visible", "snplow_cookies", "link_click", "event", "data_structures_workflow")) {
      lake.event(other, "other");
    }

    Map<String, Object> result =
        lake.land("mapping=" + lake.mapping("snowplow", MAPPING.formatted(csv)));

    lake.fixture()
        .spark()
        .read()
        .option("header", true)
        .option("escape", "\"")
        .option("multiLine", true)
        .csv(csv.toString())
        .createOrReplaceTempView("source");
    assertThat(lake.rows("SELECT count(*), count(DISTINCT event_id) FROM source"))
        .containsExactly("[160,157]");
    assertThat(result)
        .containsEntry("events", 160L)
        .containsEntry("rejected_by_reason", Map.of("unknown_event", 1L))
        .containsEntry("accepted", 156L)
        .containsEntry("duplicates", 3L);
    assertThat(lake.rows("SELECT count(DISTINCT message_id) FROM silver.activity"))
        .containsExactly("[156]");
    assertThat(
            lake.rows(
                """
                SELECT count(*) FROM (
                  SELECT event_id FROM source WHERE event_name != 'object_click'
                  MINUS SELECT message_id FROM silver.activity)"""))
        .containsExactly("[0]");
    // Snowplow derives the time by the same rule; 15 rows of its test data are made otherwise.
    assertThat(
            lake.rows(
                """
                SELECT count(*) FROM silver.activity WHERE NOT EXISTS (
                  SELECT * FROM source WHERE event_id = message_id
                  AND derived_tstamp IN (event_time, dvce_sent_tstamp, collector_tstamp))"""))
        .containsExactly("[0]");
  }
}
