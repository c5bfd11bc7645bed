/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP below semblance-fetch: ranges, redirects followed by hand, patience with a busy server. */
#include "fetch/hub.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_REDIRECTS 10
#define MAX_TRIES 5
#define MAX_WAIT_S 60
#define SKIP_CHUNK 65536
#define STATUS_TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

G_DEFINE_QUARK (sem_hub_error, sem_hub_error)

struct _SemHub
{
  SoupSession *session;
  GUri *endpoint;
  char *token;
  guint64 bytes_read;
};

static gboolean
is_loopback (const char *host)
{
  if (g_strcmp0 (host, "localhost") == 0)
    return TRUE;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
check_secure (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri), *host = g_uri_get_host (uri);
  if (g_strcmp0 (scheme, "https") == 0 && host != NULL && *host != '\0')
    return TRUE;
  if (g_strcmp0 (scheme, "http") == 0 && is_loopback (host))
    return TRUE;
  g_autofree char *text = g_uri_to_string_partial (uri, G_URI_HIDE_PASSWORD | G_URI_HIDE_QUERY);
  g_set_error (
      error, SEM_HUB_ERROR, SEM_HUB_ERROR_PROTOCOL,
      "%s: not an encrypted address; only https:// is allowed, and http:// on this computer itself",
      text);
  return FALSE;
}

/* GIO reads the proxy variables only where a desktop's resolver is installed; here they always
 * count. */
static void
use_proxy_variables (SoupSession *session)
{
  const char *https = g_getenv ("https_proxy"), *http = g_getenv ("http_proxy"),
             *none = g_getenv ("no_proxy");
  https = https != NULL ? https : g_getenv ("HTTPS_PROXY");
  none = none != NULL ? none : g_getenv ("NO_PROXY");
  if ((https == NULL || *https == '\0') && (http == NULL || *http == '\0'))
    return;
  g_auto (GStrv) ignore = g_strsplit (none != NULL ? none : "", ",", -1);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();
  for (gsize i = 0; ignore[i] != NULL; i++)
    if (*g_strstrip (ignore[i]) != '\0')
      g_ptr_array_add (hosts, ignore[i]);
  g_ptr_array_add (hosts, (gpointer) "localhost");
  g_ptr_array_add (hosts, (gpointer) "127.0.0.0/8");
  g_ptr_array_add (hosts, (gpointer) "::1");
  g_ptr_array_add (hosts, NULL);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (NULL, (char **)hosts->pdata);
  if (https != NULL && *https != '\0')
    g_simple_proxy_resolver_set_uri_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), "https", https);
  if (http != NULL && *http != '\0')
    g_simple_proxy_resolver_set_uri_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), "http", http);
  soup_session_set_proxy_resolver (session, resolver);
}

SemHub *
sem_hub_new (const char *endpoint, const char *token, GError **error)
{
  g_autofree char *trimmed = g_strdup (endpoint);
  while (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  g_autoptr (GUri) uri = g_uri_parse (trimmed, SOUP_HTTP_URI_FLAGS, error);
  if (uri == NULL)
    {
      g_prefix_error (error, "endpoint '%s': ", endpoint);
      return NULL;
    }
  if (!check_secure (uri, error))
    return NULL;
  SemHub *self = g_new0 (SemHub, 1);
  self->session = soup_session_new ();
  soup_session_set_user_agent (self->session, "semblance-fetch ");
  soup_session_set_timeout (self->session, 30);
  /* A compressed body would make byte ranges mean something else. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  use_proxy_variables (self->session);
  self->endpoint = g_steal_pointer (&uri);
  self->token = token != NULL && *token != '\0' ? g_strdup (token) : NULL;
  return self;
}

void
sem_hub_free (SemHub *self)
{
  g_object_unref (self->session);
  g_uri_unref (self->endpoint);
  g_free (self->token);
  g_free (self);
}

guint64
sem_hub_get_bytes_read (const SemHub *self)
{
  return self->bytes_read;
}

void
sem_hub_body_clear (SemHubBody *body)
{
  if (body->stream != NULL)
    g_input_stream_close (body->stream, NULL, NULL);
  g_clear_object (&body->stream);
  g_clear_object (&body->message);
  g_clear_pointer (&body->etag, g_free);
}

static SoupMessage *
make_message (SemHub *self, GUri *uri, guint64 start, guint64 length)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (start > 0 || length > 0)
    {
      g_autofree char *range
          = length > 0 ? g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, start,
                                          start + length - 1)
                       : g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-", start);
      soup_message_headers_replace (headers, "Range", range);
    }
  gboolean same_host
      = g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (self->endpoint)) == 0
        && g_uri_get_port (uri) == g_uri_get_port (self->endpoint)
        && g_strcmp0 (g_uri_get_scheme (uri), g_uri_get_scheme (self->endpoint)) == 0;
  if (self->token != NULL && same_host)
    {
      g_autofree char *value = g_strdup_printf ("Bearer %s", self->token);
      soup_message_headers_replace (headers, "Authorization", value);
    }
  return message;
}

/* Sends, following redirects; each hop is checked for TLS and only the endpoint sees the token. */
static GInputStream *
send_following (SemHub *self,
                GUri *first,
                guint64 start,
                guint64 length,
                SoupMessage **out_message,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GUri) uri = g_uri_ref (first);
  for (guint hop = 0; hop <= MAX_REDIRECTS; hop++)
    {
      if (!check_secure (uri, error))
        return NULL;
      g_autoptr (SoupMessage) message = make_message (self, uri, start, length);
      g_autoptr (GInputStream) stream
          = soup_session_send (self->session, message, cancellable, error);
      if (stream == NULL)
        return NULL;
      const char *location
          = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
      if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (message)) || location == NULL)
        {
          *out_message = g_steal_pointer (&message);
          return g_steal_pointer (&stream);
        }
      g_input_stream_close (stream, NULL, NULL);
      GUri *next = g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, error);
      if (next == NULL)
        return NULL;
      g_uri_unref (uri);
      uri = next;
    }
  g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_PROTOCOL,
               "the server redirects more than %d times", MAX_REDIRECTS);
  return NULL;
}

static void
set_status_error (guint status, const char *path, gboolean has_token, GError **error)
{
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_DENIED,
                 "%s: the server refuses access (%u); %s", path, status,
                 has_token ? "the token in HF_TOKEN does not allow it"
                           : "the model may be private or gated: set HF_TOKEN");
  else if (status == SOUP_STATUS_NOT_FOUND)
    g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_NOT_FOUND, "%s: not found on the server",
                 path);
  else
    g_set_error (error, SEM_HUB_ERROR,
                 status == STATUS_TOO_MANY_REQUESTS || status >= 500 ? SEM_HUB_ERROR_BUSY
                                                                     : SEM_HUB_ERROR_PROTOCOL,
                 "%s: the server answered %u %s", path, status, soup_status_get_phrase (status));
}

static gboolean
is_busy (guint status)
{
  return status == STATUS_TOO_MANY_REQUESTS
         || (status >= 500 && status != SOUP_STATUS_NOT_IMPLEMENTED);
}

/* How long a busy server wants us to wait; without its word 1, 2, 4 ... seconds. */
static void
wait_for_server (SoupMessage *message, guint attempt, GCancellable *cancellable)
{
  const char *after
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = G_GUINT64_CONSTANT (1) << MIN (attempt, 5);
  if (after != NULL && g_ascii_string_to_unsigned (after, 10, 0, G_MAXUINT32, &seconds, NULL))
    seconds = MIN (seconds, MAX_WAIT_S);
  for (guint64 i = 0; i < seconds * 10 && !g_cancellable_is_cancelled (cancellable); i++)
    g_usleep (100 * 1000);
}

/* Fills total, ranged and etag from the answer; a wrong range is refused before a byte of it is
 * used. */
static gboolean
read_headers (SoupMessage *message,
              const char *path,
              guint64 start,
              SemHubBody *body,
              GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset first, last, total;
  body->start = start;
  body->total = G_MAXUINT64;
  body->ranged = soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT;
  if (body->ranged)
    {
      if (!soup_message_headers_get_content_range (headers, &first, &last, &total) || first < 0
          || (guint64)first != start)
        {
          g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_PROTOCOL,
                       "%s: asked for byte %" G_GUINT64_FORMAT ", the server sent another range",
                       path, start);
          return FALSE;
        }
      if (total >= 0)
        body->total = (guint64)total;
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    body->total = (guint64)soup_message_headers_get_content_length (headers);
  const char *etag = soup_message_headers_get_one (headers, "X-Linked-Etag");
  etag = etag != NULL ? etag : soup_message_headers_get_one (headers, "ETag");
  if (etag != NULL)
    {
      g_autoptr (GString) plain = g_string_new (g_str_has_prefix (etag, "W/") ? etag + 2 : etag);
      g_string_replace (plain, "\"", "", 0);
      body->etag = g_string_free (g_steal_pointer (&plain), FALSE);
    }
  return TRUE;
}

static gboolean
skip_to (SemHub *self,
         SemHubBody *body,
         guint64 start,
         const char *path,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree guint8 *buffer = g_malloc (SKIP_CHUNK);
  while (start > 0)
    {
      gssize n = sem_hub_body_read (self, body, buffer, (gsize)MIN (start, SKIP_CHUNK), cancellable,
                                    error);
      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_PROTOCOL,
                       "%s: ends %" G_GUINT64_FORMAT " bytes before the part that is needed", path,
                       start);
          return FALSE;
        }
      start -= (guint64)n;
    }
  return TRUE;
}

gboolean
sem_hub_open (SemHub *self,
              const char *path,
              guint64 start,
              guint64 length,
              SemHubBody *body,
              GCancellable *cancellable,
              GError **error)
{
  /* An empty path is normalised to "/", and path brings its own. */
  g_autofree char *base = g_uri_to_string (self->endpoint);
  if (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  g_autofree char *address = g_strconcat (base, path, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);
  if (uri == NULL)
    return FALSE;
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (SoupMessage) message = NULL;
      g_autoptr (GInputStream) stream
          = send_following (self, uri, start, length, &message, cancellable, error);
      if (stream == NULL)
        return FALSE;
      guint status = soup_message_get_status (message);
      if (status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT)
        {
          if (!read_headers (message, path, start, body, error))
            return FALSE;
          body->stream = g_steal_pointer (&stream);
          body->message = G_OBJECT (g_steal_pointer (&message));
          return body->ranged || skip_to (self, body, start, path, cancellable, error);
        }
      g_input_stream_close (stream, NULL, NULL);
      if (!is_busy (status) || attempt + 1 >= MAX_TRIES)
        {
          set_status_error (status, path, self->token != NULL, error);
          return FALSE;
        }
      wait_for_server (message, attempt, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

gssize
sem_hub_body_read (SemHub *self,
                   SemHubBody *body,
                   void *buffer,
                   gsize size,
                   GCancellable *cancellable,
                   GError **error)
{
  gssize n = g_input_stream_read (body->stream, buffer, size, cancellable, error);
  if (n > 0)
    self->bytes_read += (guint64)n;
  return n;
}

GBytes *
sem_hub_get (SemHub *self,
             const char *path,
             guint64 start,
             guint64 length,
             gsize max_bytes,
             GCancellable *cancellable,
             GError **error)
{
  SemHubBody body = { 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (SKIP_CHUNK);
  gboolean ok = sem_hub_open (self, path, start, length, &body, cancellable, error);
  while (ok && (length == 0 || bytes->len < length))
    {
      gsize want = length > 0 ? (gsize)MIN (length - bytes->len, SKIP_CHUNK) : SKIP_CHUNK;
      gssize n = sem_hub_body_read (self, &body, buffer, want, cancellable, error);
      if (n < 0)
        ok = FALSE;
      if (n <= 0)
        break;
      g_byte_array_append (bytes, buffer, (guint)n);
      if (bytes->len > max_bytes)
        {
          g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_PROTOCOL,
                       "%s: larger than the allowed %" G_GSIZE_FORMAT " bytes", path, max_bytes);
          ok = FALSE;
        }
    }
  if (ok && length > 0 && bytes->len < length)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                   "%s: the connection ended after %u of %" G_GUINT64_FORMAT " bytes", path,
                   bytes->len, length);
      ok = FALSE;
    }
  guint64 announced = body.total;
  if (ok && length == 0 && announced != G_MAXUINT64 && bytes->len + start < announced)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                   "%s: the connection ended after %u of %" G_GUINT64_FORMAT " bytes", path,
                   bytes->len, announced);
      ok = FALSE;
    }
  sem_hub_body_clear (&body);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
