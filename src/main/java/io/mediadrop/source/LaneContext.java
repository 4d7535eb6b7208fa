package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.archive.Archive;
import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FolderWatch;
import io.mediadrop.file.Home;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.LaneFolders;

/**
 * What all lanes work with, whether their folders are here or on servers.
 *
 * @param home where files go
 * @param lanes which lanes there are besides
 * @param intake whether files may be taken
 * @param ignoredNames which files are left alone
 * @param companionNames which files go with others
 * @param watchNotes which home a folder is watched for
 * @param folderWatch what the system says of folders
 * @param writers what the system says of files that are being written
 * @param laneFolders whose the folders were before
 * @param heldFiles which files lay there then
 * @param archive where files are put away, and what goes with them
 * @param rateLimits how many files may be begun
 */
public record LaneContext(
    Home home,
    Lanes lanes,
    Intake intake,
    IgnoredNames ignoredNames,
    CompanionNames companionNames,
    WatchNotes watchNotes,
    FolderWatch folderWatch,
    Writers writers,
    LaneFolders laneFolders,
    HeldFiles heldFiles,
    Archive archive,
    RateLimits rateLimits) {}
