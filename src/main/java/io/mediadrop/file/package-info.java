/** Names, stamps and safe moves of files, and the folders and disks of the home. */
package io.mediadrop.file;
