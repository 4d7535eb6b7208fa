package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of an earlier version has drops in every state in which that could leave them. */
class OldStatesTest {

  /** Path, state, and what else is told of the drop, as columns and values. */
  private static final String[][] DROPS = {
    {"claimed", "CLAIMED", "", ""},
    {"opened", "OPENED", ", media_upload_id, plan, expires_at", ", 'upload:o', '{}', 99"},
    {"waiting", "WAITING", ", due_at, waited, attempts, reason", ", 77, 5, 3, 'why'"},
    {"sending", "SENDING", ", doubt_since, asked, resent, md5", ", 66, 2, 1, 'm-sending'"},
    {"completing", "COMPLETING", ", doubt_since", ", 67"},
    {"missing", "MISSING", ", sidecar", ", '{\"s\":1}'"},
    {"failed", "FAILED", ", failed_at, failed_path, origin", ", 50, 'f/failed', 'sftp:failed'"},
    {"uploaded", "UPLOADED", ", announced_at, origin", ", 55, 'sftp:uploaded'"},
    {"twin-uploaded", "UPLOADED", ", duplicate_of", ", 'id-filed'"},
    {"filed", "FILED", ", md5", ", 'm-filed'"},
    {"tainted", "FILED", ", tainted", ", 1"},
    {"superseded", "FILED", ", tainted, adopted", ", 2, 1"},
    {"faulty", "FILED", ", has_error, failed_path", ", 1, 'f/faulty'"},
    {"removed", "FILED", ", removed_at, given_up_at", ", 90, 91"},
    {"kept", "FILED", ", origin", ", 'sftp:kept'"},
    {"moved", "FILED", ", origin, put_away_at", ", 'sftp:moved', 60"},
    {"twin", "DUPLICATE", ", duplicate_of", ", 'id-filed'"},
    {"refused", "FAILED_MOVED", ", failed_at, failed_path, reason", ", 51, 'f/refused', 'no'"},
    {"gone", "GONE", ", doubt_since", ", 68"},
  };

  @TempDir Path folder;
  private OldLedger ledger;

  @BeforeEach
  void haveOneOfEach() throws IOException {
    ledger = OldLedger.in(folder);
    for (int i = 0; i < DROPS.length; i++) {
      String[] drop = DROPS[i];
      boolean sent = List.of("UPLOADED", "FILED", "DUPLICATE").contains(drop[1]);
      ledger.run(
          ("INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state,"
                  + " claimed_at, uploaded_at, archive_path, checksum, answer%s) VALUES"
                  + " ('id-%s', 'default', 'c', '/d/%2$s', '%2$s', 1000, 1, 'k', '%s', %d, %s%s)")
              .formatted(
                  drop[2],
                  drop[0],
                  drop[1],
                  // the last one was claimed first
                  1000 - i,
                  sent ? "2000, 'a/%s', 'sum', '{}'".formatted(drop[0]) : "NULL, NULL, NULL, NULL",
                  drop[3]));
    }
    ledger.run(
        "INSERT INTO parts VALUES ('id-opened', 1, 'm1', 'e1'), ('id-opened', 2, 'm2', NULL)",
        "INSERT INTO awaited_media VALUES ('id-filed', 'default', 'c', 70, 4, 9)",
        "INSERT INTO assets (drop_id, item, place) VALUES ('id-filed', 'original', 'a/item')",
        "INSERT INTO companions VALUES ('id-filed', 'x.xmp', 1, 1, 0, 'a/x.xmp')");
  }

  private List<String> found(String query) throws IOException {
    OpenLedger.in(folder).close();
    return ledger.all(query);
  }

  @Test
  void areThereOnceAndInTheSameState() throws Exception {
    assertThat(found("SELECT path || ' ' || state FROM drops ORDER BY claimed_at DESC"))
        .containsExactly(
            List.of(DROPS).stream().map(drop -> drop[0] + " " + drop[1]).toArray(String[]::new));
  }

  @Test
  void areNumberedAsTheyWereClaimed() throws Exception {
    assertThat(found("SELECT path FROM drops ORDER BY id"))
        .isEqualTo(ledger.all("SELECT path FROM drops ORDER BY claimed_at"));
  }

  @Test
  void haveNumbersThatNoDropHadWhereTheLedgerWasPutBackFromACopy() throws Exception {
    Files.writeString(folder.resolve("data/ids"), "40001\n");

    assertThat(found("SELECT MIN(id) FROM drops")).containsExactly("40002");
  }

  @Test
  void areUnderWayUntilTheirFilesArePutAway() throws Exception {
    assertThat(found("SELECT path FROM work ORDER BY claimed_at DESC"))
        .containsExactly(
            "claimed",
            "opened",
            "waiting",
            "sending",
            "completing",
            "missing",
            "failed",
            "uploaded",
            "twin-uploaded");
    assertThat(
            ledger.all(
                "SELECT path || ':' || COALESCE(media_upload_id, '') || plan || expires_at FROM work"
                    + " WHERE plan IS NOT NULL UNION ALL SELECT path || ':' || due_at || ',' || waited"
                    + " || ',' || attempts || reason FROM work WHERE due_at IS NOT NULL UNION ALL"
                    + " SELECT path || ':' || doubt_since || ',' || asked || ',' || resent ||"
                    + " COALESCE(md5, '') FROM work WHERE doubt_since IS NOT NULL UNION ALL"
                    + " SELECT path || ':' || failed_at || failed_path FROM work WHERE failed_at > 0"
                    + " UNION ALL SELECT path || ':' || announced_at FROM work WHERE announced_at > 0"
                    + " UNION ALL SELECT path || ':' || sidecar FROM work WHERE sidecar <> ''"))
        .containsExactlyInAnyOrder(
            "opened:upload:o{}99",
            "waiting:77,5,3why",
            "sending:66,2,1m-sending",
            "completing:67,0,0",
            "failed:50f/failed",
            "uploaded:55",
            "missing:{\"s\":1}");
  }

  @Test
  void areKnownAsUploadsOfTheirContents() throws Exception {
    assertThat(
            found(
                "SELECT path || ' ' || archive_path || ' ' || tainted || adopted || has_error || ' '"
                    + " || COALESCE(md5, '') || COALESCE(failed_path, '') || COALESCE(removed_at, '')"
                    + " || COALESCE(given_up_at, '')"
                    + " || COALESCE((SELECT path FROM uploads f WHERE f.id = u.duplicate_of), '')"
                    + " FROM uploads u ORDER BY claimed_at DESC"))
        .containsExactly(
            "uploaded a/uploaded 000 ",
            "twin-uploaded a/twin-uploaded 000 filed",
            "filed a/filed 000 m-filed",
            "tainted a/tainted 100 ",
            "superseded a/superseded 210 ",
            "faulty a/faulty 001 f/faulty",
            "removed a/removed 000 9091",
            "kept a/kept 000 ",
            "moved a/moved 000 ",
            "twin a/twin 000 filed");
  }

  @Test
  void areNotFetchedAgainWhereTheyLieOnAServer() throws Exception {
    assertThat(found("SELECT origin FROM remote ORDER BY origin"))
        .containsExactly("sftp:failed", "sftp:kept", "sftp:uploaded");
  }

  @Test
  void haveTheirPartsItemsCompanionsAndWhatIsAwaited() throws Exception {
    assertThat(
            found(
                "SELECT (SELECT path FROM drops d WHERE d.id = x.drop_id) || x.told FROM ("
                    + "SELECT drop_id, number || md5 AS told FROM parts UNION ALL"
                    + " SELECT drop_id, due_at || ',' || asked || ',' || waited FROM awaited_media"
                    + " UNION ALL SELECT drop_id, place FROM assets"
                    + " UNION ALL SELECT drop_id, place FROM companions) x"))
        .containsExactlyInAnyOrder(
            "opened1m1", "opened2m2", "filed70,4,9", "fileda/item", "fileda/x.xmp");
  }

  @Test
  void keepSessionsThatSidecarsHaveNamedFromBeingUsedAgain() throws Exception {
    ledger.run(
        "UPDATE drops SET sidecar = '{}', media_upload_id = 'upload:' || path WHERE path IN"
            + " ('opened', 'sending', 'filed', 'faulty', 'refused', 'gone')");
    assertThat(
            found(
                "SELECT media_upload_id || ' ' || state || ' ' || COALESCE(doubt_since, '') FROM drops"
                    + " WHERE sidecar = '{}' ORDER BY media_upload_id"))
        .containsExactly(
            "upload:faulty FILED ",
            "upload:filed FILED ",
            "upload:gone GONE 68",
            "upload:opened OPENED ",
            "upload:refused FAILED_MOVED ",
            "upload:sending SENDING 66");
  }

  @Test
  void haveAllThatIsStillToBeToldAndNothingElse() throws Exception {
    String[] types = {
      "media.uploaded", "media.ready", "media.failed", "file.failed", "file.duplicate"
    };
    for (String type : types) {
      tell(type + " open", "'id-filed'", type, "5, 0, NULL, NULL");
      tell(type + " tried", "'id-twin'", type, "6, 3, NULL, NULL");
      tell(type + " dead", "'id-faulty'", type, "6, 9, NULL, 7");
      tell(type + " told", "'id-removed'", type, "6, 1, 7, NULL");
      tell(type + " early", "'id-uploaded'", type, "NULL, 0, NULL, NULL");
    }
    for (String type : List.of("lane.paused", "lane.resumed", "run.summary")) {
      tell(type + " open", "NULL", type, "5, 0, NULL, NULL");
    }

    assertThat(
            found(
                "SELECT o.uid || ' ' || COALESCE((SELECT path FROM drops d WHERE d.id = o.subject), '')"
                    + " || o.attempts || COALESCE(o.due_at, '') || COALESCE(o.dead_at, '') || o.data"
                    + " FROM outbox o"))
        .hasSize(3 * types.length + 3)
        .contains(
            "media.ready open filed0x", "file.failed tried twin36x", "media.failed dead faulty967x")
        .contains("run.summary open 0x", "lane.paused open 0x");
  }

  private void tell(String id, String drop, String type, String dueAttemptsDeliveredDead) {
    ledger.run(
        "INSERT INTO outbox (id, endpoint, type, subject, number, drop_id, happened_at, data, due_at,"
            + " attempts, delivered_at, dead_at) VALUES ('%s', 'notify.default', '%s', %s, 1, %s, 30, 'x', %s)"
                .formatted(
                    id,
                    type,
                    drop.equals("NULL")
                        ? "'" + (type.startsWith("lane") ? "lane a" : "run") + "'"
                        : drop,
                    drop,
                    dueAttemptsDeliveredDead));
  }

  @Test
  void areCarriedOverThoughSomebodyHasLeftPartsOfADropThatIsNotThere() throws Exception {
    // SQLite's own program does not look whether rows refer to others
    ledger.run("INSERT INTO parts VALUES ('nobody', 1, 'm', 'e')");

    assertThat(found("SELECT COUNT(*) FROM drops")).containsExactly("" + DROPS.length);
    assertThat(ledger.all("SELECT COUNT(*) FROM parts")).containsExactly("2");
  }
}
