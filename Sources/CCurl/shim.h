// libcurl's variadic setters and getters, which Swift cannot call: one inline function for each type of argument. Only
// the module Curl imports this.

#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

// Makes handles pointers to different opaque structs, instead of `void *` for all of them.
#define CURL_STRICTER
// libcurl's checking macros hide the variadic functions, which only these typed functions call.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87 or newer is needed (CURLOPT_QUICK_EXIT, CURLOPT_CA_CACHE_TIMEOUT): install libcurl4-openssl-dev of Debian 12 or newer"
#endif

// CURLVERSION_NOW is a macro, which Swift does not import.
static inline curl_version_info_data *ccurl_version(void) {
    return curl_version_info(CURLVERSION_NOW);
}

// The type of CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION. Any result but size * count ends the transfer.
typedef size_t (*ccurl_receive)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the string. NULL sets the option's default.
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl keeps the pointer and reads the list during the transfer; it neither copies nor frees it.
static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(easy, option, list);
}

static inline CURLcode ccurl_set_receive(CURL *easy, CURLoption option, ccurl_receive function) {
    return curl_easy_setopt(easy, option, function);
}

// The type of CURLOPT_PREREQFUNCTION. It is called before each request is sent, also before one that libcurl repeats by
// itself. Any result but 0 ends the transfer before the request is sent.
typedef int (*ccurl_before_request)(void *context, char *peer, char *local, int peer_port, int local_port);

static inline CURLcode ccurl_set_before_request(CURL *easy, ccurl_before_request function) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

// Gets CURLINFO_PRIVATE, which is what CURLOPT_PRIVATE was set to.
static inline CURLcode ccurl_get_private(CURL *easy, void **value) {
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The handle of the next transfer that ended, with its result in `result`; NULL if there is none.
static inline CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}

#endif
