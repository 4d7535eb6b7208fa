package io.mediadrop.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page for people: all that is known, in HTML that needs no script. What comes from names and
 * answers is text in it, never markup.
 */
final class Page {

  /** What the browser may do for the page: nothing but with what comes from here. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** More than these are counted only; they come up once the others have gone. */
  private static final int MOST_ROWS = 500;

  private static final String FRAME = frame();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private Page() {}

  private static String frame() {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(Sight sight) {
    Overview all = sight.overview();
    List<LaneRow> lanes = sight.lanes();
    List<RefusedList.Line> refused = sight.refused();
    Overview.Counts counts = all.counts();
    // the frame's places come before what is put there, which is formatted no more
    return FRAME.formatted(
        all.colour(),
        Markup.text(all.sentence()),
        each(all.todo(), Page::toDo),
        counts.uploading(),
        counts.inFolders(),
        counts.waiting(),
        counts.inDoubt(),
        counts.uploadedToday(),
        counts.failedToday(),
        all.freeMiB() < 0 ? "?" : String.format(Locale.ROOT, "%.1f GiB", all.freeMiB() / 1024.0),
        each(lanes, Page::lane),
        refused.size(),
        each(refused.stream().limit(MOST_ROWS).toList(), Page::refused),
        refused.size() > MOST_ROWS ? refused.size() - MOST_ROWS + " more are not shown." : "",
        Markup.text(all.version()));
  }

  private static <T> String each(List<T> things, Function<T, String> html) {
    return things.stream().map(html).collect(Collectors.joining());
  }

  private static String toDo(ToDo one) {
    return "<li class=\"%s\"><strong>%s</strong> %s</li>\n"
        .formatted(
            one.urgent() ? "red" : "yellow", Markup.text(one.about()), Markup.text(one.says()));
  }

  private static String lane(LaneRow lane) {
    return """
        <tr><th scope="row">%s</th><td><span class="state %s">%s</span> %s</td><td>%s</td><td>%s</td>\
        <td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%s</td></tr>
        """
        .formatted(
            Markup.text(lane.name()),
            Markup.text(lane.state()),
            Markup.text(lane.state()),
            Markup.text(lane.why()),
            Markup.text(lane.folder()),
            Markup.text(lane.connection()),
            lane.uploading(),
            lane.waiting(),
            lane.inDoubt(),
            lane.failedToday(),
            lane.inFolder() < 0 ? "" : lane.inFolder());
  }

  private static String refused(RefusedList.Line file) {
    String name = Markup.text(file.name());
    String off = file.retry() ? "" : " disabled";
    return """
        <tr><td><input type="checkbox" id="mark-%1$d" value="%1$d" aria-label="Mark %2$s"%3$s></td>\
        <th scope="row">%2$s</th><td>%4$s</td><td><time datetime="%5$s">%6$s</time></td>\
        <td>%7$s<br><small>Whose fault: %8$s<br>What to do: %9$s</small></td>\
        <td><button id="retry-%1$d" value="%1$d" aria-label="Retry %2$s"%3$s>Retry</button></td></tr>
        """
        .formatted(
            file.id(),
            name,
            off,
            Markup.text(file.lane()),
            file.at(),
            TIME.format(Instant.parse(file.at())),
            Markup.text(file.what()),
            Markup.text(file.fault()),
            Markup.text(file.remedy()));
  }
}
