package io.mediadrop.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;

/** Every call received, in order of arrival. */
final class CallLog {
  private final List<CallRecord> records = new ArrayList<>();

  synchronized CallRecord begin(ClassicHttpRequest request, RequestTarget target, Route route) {
    Header connection = request.getFirstHeader("x-connection-id");
    CallRecord call =
        new CallRecord(
            records.size() + 1,
            route,
            request.getMethod(),
            target.path(),
            connection == null ? null : connection.getValue(),
            Stream.of(request.getHeaders()).map(NameValuePair::getName).toList());
    records.add(call);
    return call;
  }

  synchronized List<Call> all() {
    return records.stream().map(CallRecord::call).toList();
  }
}
