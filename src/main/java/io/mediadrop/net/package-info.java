/** How other machines are reached: addresses as they were written, proxies, and whom to trust. */
package io.mediadrop.net;
