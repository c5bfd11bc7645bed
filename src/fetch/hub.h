/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemHub: a Hugging Face-compatible server, read by HTTP ranges.
 *
 * Routes (huggingface_hub 0.2x): GET /api/models/REPO/revision/REV?blobs=true and GET /REPO/resolve/REV/FILE, which may
 * redirect to another host.  TLS is required except for loopback; the token goes to the endpoint's own host only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_HUB_ERROR_DENIED,    /* 401, 403: private or gated */
  SEM_HUB_ERROR_NOT_FOUND, /* 404 */
  SEM_HUB_ERROR_BUSY,      /* 429 and 5xx, after all tries */
  SEM_HUB_ERROR_PROTOCOL,  /* an answer that makes no sense, or one without TLS */
  SEM_HUB_ERROR_CHANGED,   /* the file on the server is not the one that was begun */
} SemHubError;
#define SEM_HUB_ERROR (sem_hub_error_quark ())
GQuark sem_hub_error_quark (void);

typedef struct _SemHub SemHub;

/* One body being read.  Zero-initialise; clear with sem_hub_body_clear(). */
typedef struct
{
  GInputStream *stream; /* stands at byte `start` of the file, also when the server ignored the range */
  guint64 start;
  guint64 total;      /* size of the whole file; G_MAXUINT64 when the server did not say */
  gboolean ranged;    /* FALSE: the server sends everything, what lies before `start` was read and dropped */
  char *etag;         /* without quotes; NULL when there was none */
  GObject *message;
} SemHubBody;

/* endpoint: https://host[:port][/path], or http:// on a loopback address; token: NULL for none. */
SemHub *sem_hub_new (const char *endpoint, const char *token, GError **error);
void sem_hub_free (SemHub *self);
/* Bytes of bodies read so far, dropped ones included: what a metered connection pays. */
guint64 sem_hub_get_bytes_read (const SemHub *self);

/* sem_hub_open: path is below the endpoint, already escaped; length 0 reads to the end of the file.  A busy server (429, 5xx)
 * is asked again up to five times, after what Retry-After says (at most 60 s).
 * Errors: SEM_HUB_ERROR, G_IO_ERROR, G_TLS_ERROR; CANCELLED. */
gboolean sem_hub_open (SemHub *self,
                       const char *path,
                       guint64 start,
                       guint64 length,
                       SemHubBody *body,
                       GCancellable *cancellable,
                       GError **error);
/* Reads up to size bytes; counts them.  0 at the end, -1 with error. */
gssize sem_hub_body_read (SemHub *self,
                          SemHubBody *body,
                          void *buffer,
                          gsize size,
                          GCancellable *cancellable,
                          GError **error);
void sem_hub_body_clear (SemHubBody *body);

/* A whole small file; more than max_bytes is an error. */
GBytes *sem_hub_get (SemHub *self,
                     const char *path,
                     guint64 start,
                     guint64 length,
                     gsize max_bytes,
                     GCancellable *cancellable,
                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemHub, sem_hub_free)

G_END_DECLS
