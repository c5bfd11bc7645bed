/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemFetcher: runs semblance-fetch, the program that talks to the network, and keeps what it says.  First it is asked what would
 * be fetched, then to do it; both can be stopped, and what was stopped goes on where it ended.  Main thread only.
 * Signal "changed": the state, or how far it is. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_FETCH_IDLE,
  SEM_FETCH_PLANNING,
  SEM_FETCH_PLANNED,
  SEM_FETCH_RUNNING,
  SEM_FETCH_DONE,
  SEM_FETCH_FAILED,
} SemFetchState;

typedef struct
{
  char *file, *tensor; /* tensor: NULL for a whole file */
  guint64 n_bytes;
} SemFetchItem;

#define SEM_TYPE_FETCHER (sem_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (SemFetcher, sem_fetcher, SEM, FETCHER, GObject)

/* Where the program is, or NULL: $SEMBLANCE_FETCH, beside this one, or in PATH. */
char *sem_fetcher_dup_program (void);
SemFetcher *sem_fetcher_new (const char *program);

/* Asks what a model needs; repo as OWNER/NAME. */
void sem_fetcher_plan (SemFetcher *self, const char *repo);
/* Fetches what was planned. */
void sem_fetcher_run (SemFetcher *self);
/* Stops what is under way; back to where it was before. */
void sem_fetcher_cancel (SemFetcher *self);
/* Forgets a plan. */
void sem_fetcher_reset (SemFetcher *self);

SemFetchState sem_fetcher_get_state (SemFetcher *self);
const char *sem_fetcher_get_error (SemFetcher *self);  /* a sentence, once it has failed */
const char *sem_fetcher_get_target (SemFetcher *self); /* the model folder, from the plan on */
GPtrArray *sem_fetcher_get_items (SemFetcher *self);   /* of SemFetchItem, borrowed */
gboolean sem_fetcher_is_there (SemFetcher *self);      /* the model has been fetched before */
/* Bytes: of the plan, of the model's file of weights (0: unknown), already here, and done of the total. */
guint64 sem_fetcher_get_total (SemFetcher *self);
guint64 sem_fetcher_get_whole (SemFetcher *self);
guint64 sem_fetcher_get_partial (SemFetcher *self);
guint64 sem_fetcher_get_done (SemFetcher *self);

G_END_DECLS
