package dev.tributary.pipelines.identity.components;

import java.util.*;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.types.*;

public final class ComponentEngines {
  public static ComponentEngine named(String name) {
    return new ComponentEngine() {
      public String name() { return "stub"; }
      public Dataset<Row> components(Dataset<Row> edges) {
        StructType s = new StructType().add("id", DataTypes.LongType).add("component", DataTypes.LongType);
        return edges.select("src","dst").coalesce(1).mapPartitions((org.apache.spark.api.java.function.MapPartitionsFunction<Row,Row>) it -> {
          Map<Long,Long> p = new HashMap<>();
          while (it.hasNext()) { Row r = it.next(); long a=f(p,r.getLong(0)), b=f(p,r.getLong(1)); if (a<b) p.put(b,a); else if (b<a) p.put(a,b); }
          List<Row> o = new ArrayList<>();
          for (Long k : new ArrayList<>(p.keySet())) o.add(RowFactory.create(k, f(p,k)));
          return o.iterator();
        }, Encoders.row(s));
      }
    };
  }
  private static long f(Map<Long,Long> p, long x) { p.putIfAbsent(x,x); long r=x; while (p.get(r)!=r) r=p.get(r); while (p.get(x)!=r) { long n=p.get(x); p.put(x,r); x=n; } return r; }
}
