package io.mediadrop.archive;

import java.io.ByteArrayOutputStream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers the items that an answer was split into, each as JSON by now, in one JSON array. */
public class ItemsInOneArray implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange array, Exchange item) {
    byte[] json = item.getMessage().getBody(byte[].class);
    ByteArrayOutputStream all;
    if (array == null) {
      all = new ByteArrayOutputStream();
      all.write('[');
    } else {
      all = (ByteArrayOutputStream) array.getMessage().getBody();
      all.write(',');
    }
    all.writeBytes(json);
    item.getMessage().setBody(all);
    return item;
  }

  @Override
  public void onCompletion(Exchange array, Exchange whole) {
    if (array != null) {
      ByteArrayOutputStream all = (ByteArrayOutputStream) array.getMessage().getBody();
      all.write(']');
      array.getMessage().setBody(all.toByteArray());
    }
  }
}
