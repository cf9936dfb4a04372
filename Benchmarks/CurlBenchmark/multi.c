/* multi URL REQUESTS TOKEN: what libcurl's multi interface costs without Swift. 50 easy handles, set up once and used
 * again; bodies are counted and thrown away. It sends the very requests that curl-benchmark sends. */

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

enum { IN_FLIGHT = 50 };

static size_t body_bytes;

static size_t count(char *bytes, size_t size, size_t members, void *context) {
    (void)bytes;
    (void)context;
    body_bytes += size * members;
    return size * members;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    long left = atol(argv[2]), done = 0;
    char auth[4096];
    snprintf(auth, sizeof auth, "auth: %s", argv[3]);
    curl_global_init(CURL_GLOBAL_ALL);
    struct curl_slist *headers = curl_slist_append(NULL, auth);
    headers = curl_slist_append(headers, "accept: application/json");
    headers = curl_slist_append(headers, "content-type: application/json");
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)IN_FLIGHT);
    int running = 0;
    for (int index = 0; index < IN_FLIGHT && left > 0; index++, left--) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "koreai-exporter");
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, count);
        curl_multi_add_handle(multi, easy);
    }
    for (;;) {
        curl_multi_perform(multi, &running);
        int queued, added = 0;
        CURLMsg *message;
        while ((message = curl_multi_info_read(multi, &queued))) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL *easy = message->easy_handle;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            if (message->data.result != CURLE_OK || status != 200) {
                fprintf(stderr, "multi: %s, status %ld\n", curl_easy_strerror(message->data.result), status);
                return 1;
            }
            done++;
            curl_multi_remove_handle(multi, easy);
            if (left > 0) {
                left--;
                curl_multi_add_handle(multi, easy);
                added++;
            } else {
                curl_easy_cleanup(easy);
            }
        }
        if (running + added == 0) break;
        if (added == 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    printf("%ld requests, %zu body bytes\n", done, body_bytes);
    return 0;
}
