/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemProject: everything that makes a figure again - text, model, options, the map's basis, selection, page - as one
 * JSON file (".semblance", format documented in docs/project-format.md).
 *
 * Read strictly: a value of the wrong type, an unknown enum word, a frame whose size does not fit is refused with the
 * JSON path.  Unknown keys are left alone, so that a newer program's file of the same version still opens. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/view-options.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_PROJECT_VERSION 1
#define SEM_PROJECT_MAX_BYTES (G_GUINT64_CONSTANT (256) << 20)

/* The figure last made of it: what the export dialog offers again, and `render` makes.  width 0: none yet. */
typedef struct
{
  double width, height; /* points */
  double scale;         /* pixels per point */
  double text_size;     /* points; 0: the usual */
  const char *theme;    /* id, interned; NULL: light */
  gboolean transparent, provenance;
  char *title, *caption; /* NULL: none */
} SemProjectFigure;
void sem_project_figure_clear (SemProjectFigure *self);
void sem_project_figure_copy (const SemProjectFigure *self, SemProjectFigure *to); /* to: cleared, or zeros */

typedef struct
{
  char *text;
  char *model_path;  /* NULL: the built-in model */
  char *model_name, *model_hash; /* as sem_model_get_name(), _hash(); NULL when unknown */
  char *model_tensor; /* the matrix that was asked for by name; NULL: as the program chooses */
  gboolean has_other; /* another model is compared with it: the same three of that one */
  char *other_path, *other_name, *other_hash;
  SemAnalysisOptions options;
  SemViewOptions view;
  SemPca *frame;     /* the map's basis; NULL: fit one */
  GArray *selection; /* of gsize, unit indices in the order chosen */
  char *page;        /* id of the page shown: "overview", ... */
  SemProjectFigure figure;
} SemProject;

SemProject *sem_project_new (void); /* the defaults, empty text */
void sem_project_free (SemProject *self);

/* sem_project_to_json: the file's bytes; the same project gives the same bytes. */
GBytes *sem_project_to_json (const SemProject *self);
/* Errors: SEM_FORMAT_ERROR with the JSON path; SEM_TEXT_ERROR_ENCODING. */
SemProject *sem_project_from_json (GBytes *bytes, GError **error);
/* Reads a file of at most SEM_PROJECT_MAX_BYTES. */
SemProject *sem_project_load (GFile *file, GCancellable *cancellable, GError **error);
/* Replaces the file only when all was written; the old one stays when that fails. */
gboolean sem_project_save (const SemProject *self, GFile *file, GCancellable *cancellable, GError **error);
/* Does a name or the first bytes look like a project? */
gboolean sem_project_is_name (const char *name);

/* sem_project_open_model: the model it names.  *warning (may be NULL) says when another model than the saved one opened (the
 * hash differs, or the path is gone and the built-in one stands in with the same hash); NULL when all is as it was. */
SemModel *sem_project_open_model (const SemProject *self, char **warning, GCancellable *cancellable, GError **error);

/* sem_project_open_other: the model it compares with, in the same way; NULL without error when there is none. */
SemModel *sem_project_open_other (const SemProject *self, char **warning, GCancellable *cancellable, GError **error);

/* Drops what a text of n units does not have: selected units, the unit to sort by. */
void sem_project_clamp (SemProject *self, gsize n_units);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemProject, sem_project_free)

G_END_DECLS
