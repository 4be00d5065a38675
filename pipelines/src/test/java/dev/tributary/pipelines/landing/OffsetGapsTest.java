package dev.tributary.pipelines.landing;

import static dev.tributary.pipelines.landing.StreamLab.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics whose offsets have gaps, as transactional producers leave them. */
class OffsetGapsTest {
  private static final int RECORDS = 20;

  @TempDir Path directory;

  @Test
  void landsWhatWasCommittedAndNotWhatWasTakenBack() throws Exception {
    try (StreamLab lab = StreamLab.in(directory)) {
      Path lake = lab.lake("lake");
      lab.topic("gaps", 1);
      Properties settings = new Properties();
      settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, lab.servers());
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "shop");
      try (var producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        for (int transaction = 0; transaction < 6; transaction++) {
          producer.beginTransaction();
          for (int i = 0; i < RECORDS; i++) {
            String event =
                TroubledEvents.event((long) transaction * RECORDS + i, "View", "{\"page\": \"/\"}");
            byte[] value = event.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>("gaps", 0, null, value));
          }
          producer.flush(); // what is taken back unsent leaves no gap
          if (transaction % 3 == 1) {
            producer.abortTransaction();
          } else {
            producer.commitTransaction();
          }
          awaitMarker(lab.servers(), transaction);
          if (transaction == 2) {
            lab.land(lake, "gaps", "max-records-per-batch=15");
          }
        }
      }
      Map<String, Object> second = lab.land(lake, "gaps", "max-records-per-batch=15");

      assertThat(number(second, "accepted")).isEqualTo(40);
      LakeRows rows = lab.rows(lake);
      rows.assertEachRowOnce();
      assertThat(rows.count("silver/view_v1")).isEqualTo(80);
      Row ledger =
          rows.table("ops/landing_batches")
              .selectExpr("sum(records)", "max(until_offset) - min(from_offset)")
              .first();
      assertThat(ledger.getLong(0)).isEqualTo(80);
      assertThat(ledger.getLong(1)).isGreaterThan(80);
      JobContext context = JobContext.of(lake.toString(), lab.spark());
      CheckLandingConfig config = ConfigBinder.bind(CheckLandingConfig.class, "allow-gaps=true");
      new CheckLandingJob().run(context, config);
    }
  }

  /** A transaction has ended before its marker is in the topic; until then its records are held. */
  private static void awaitMarker(String servers, int transaction) throws Exception {
    TopicPartition gaps = new TopicPartition("gaps", 0);
    long wanted = (transaction + 1L) * (RECORDS + 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (committed(admin, gaps) < wanted) {
        assertThat(System.nanoTime()).as("time for the marker").isLessThan(deadline);
        Thread.sleep(20);
      }
    }
  }

  private static long committed(Admin admin, TopicPartition partition) throws Exception {
    return admin
        .listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(partition)
        .get()
        .offset();
  }
}
