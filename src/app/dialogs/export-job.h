/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemExportJob: all that a figure is made of, owned: the preview's worker, the saving worker and the printer each have one. */
#pragma once

#include "app/window.h"
#include "draw/figure-data.h"

G_BEGIN_DECLS

typedef struct
{
  SemAnalysis *analysis;
  SemViewOptions options;
  gsize *selected;
  gsize n_selected;
  SemFigure figure;      /* its texts are those below, its comparison is owned */
  char *title, *caption; /* never NULL */
  GFile *file;           /* to save to, or NULL */
  guint data_formats;    /* 1 << SemDataFormat: written beside it */
} SemExportJob;

/* Of the document as it is: what is typed later does not change the figure under the hand.  The figure is the one the project
 * keeps, else of width x height points in the theme of the settings.  The document must have an analysis. */
SemExportJob *sem_export_job_new (SemDocument *document, double width, double height);
SemExportJob *sem_export_job_copy (const SemExportJob *self);
void sem_export_job_free (SemExportJob *self);
void sem_export_job_set_texts (SemExportJob *self, const char *title, const char *caption);
SemFocus sem_export_job_get_focus (const SemExportJob *self); /* what is selected, nothing hovered; borrowed */
/* The project keeps this figure from now on. */
void sem_export_job_keep (const SemExportJob *self, SemDocument *document);
/* The files beside the figure that are already there, one name a line; NULL: none is. */
char *sem_export_job_list_existing (const SemExportJob *self);
/* Saves in a worker and says in the window how it went.  Takes self. */
void sem_export_job_save (SemExportJob *self, SemWindow *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemExportJob, sem_export_job_free)

G_END_DECLS
