/** Files on SFTP servers: fetching them whole, and putting them away there. */
package io.mediadrop.remote;
