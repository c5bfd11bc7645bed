/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's files share. */
#pragma once

#include "app/widgets/model-menu.h"
#include "app/widgets/page-switcher.h"
#include "app/window.h"

G_BEGIN_DECLS

typedef struct _SemWindowProject SemWindowProject;
typedef struct _SemWindowOpening SemWindowOpening;

struct _SemWindow
{
  AdwApplicationWindow parent_instance;

  /* template children */
  GtkMenuButton *open_button, *model_button, *menu_button, *examples_button, *sum_button;
  GtkLabel *model_label, *strip_label, *long_label;
  AdwToastOverlay *toasts;
  GtkTextView *text_view;
  GtkRevealer *long_bar;
  AdwViewStack *stack;
  SemPageSwitcher *switcher;
  GtkWidget *unit_button;
  GtkBox *content;
  GtkSpinner *spinner;

  /* owned */
  SemDocument *document;
  GSimpleAction *model_action;
  GSimpleAction *other_action;
  SemModelMenu *menus[2]; /* of the model button: to open, to compare with; each NULL until asked for */
  SemWindowProject *project;
  SemWindowOpening *opening; /* or NULL */
  char *text_before_long; /* what the text view held before a long text came */

  GtkBox *pages; /* the stack, and the neighbourhood beside it */
  GtkWidget *neighborhood; /* borrowed: in pages, or NULL before it was wanted */
  GtkWidget *bar; /* borrowed: the pages' names below a narrow window, or NULL */

  AdwToast *toast; /* weak: the one that is shown */

  /* plain state */
  guint busy_id; /* shows the spinner when an analysis takes long */
  gboolean show_table;    /* beside every picture */
  gboolean show_neighborhood;
  gboolean in_long_text;  /* the text view shows the beginning of a long text, read-only */
  gboolean syncing_text;  /* the buffer changes because the document did */
  gboolean in_user_action; /* the buffer is not yet what it is going to be */
  guint save_id;          /* puts the text into the state file when the typing rests */
  gboolean menu_compares; /* the model button's menu is popped up to compare */
  gboolean has_marks;     /* the text has tags of hover or selection */
  double pointer_x, pointer_y; /* over the text, to ignore repeats */
};

/* window.c */
const char *sem_window_get_page (SemWindow *self);

/* window-text.c */
void sem_window_init_text (SemWindow *self);
void sem_window_text_changed (SemWindow *self, guint flags);
/* Replaces the text, undoable; long texts go into the read-only excerpt. */
void sem_window_set_text (SemWindow *self, const char *text, gsize length);
/* The document's text has been undone or redone; the caret goes to that byte. */
void sem_window_follow_text (SemWindow *self, gsize caret);
void sem_window_leave_long_text (SemWindow *self);

/* window-actions.c */
void sem_window_init_actions (SemWindow *self);
void sem_window_update_actions (SemWindow *self);
void sem_window_allow_get_model (SemWindow *self, gboolean allow);

/* window-history.c */
void sem_window_init_history (SemWindow *self);
void sem_window_history_changed (SemWindow *self);
void sem_window_undo (SemWindow *self);
void sem_window_redo (SemWindow *self);

/* window-files.c */
void sem_window_init_drop (SemWindow *self);
void sem_window_choose_text (SemWindow *self);
void sem_window_choose_model (SemWindow *self, gboolean folder, gboolean to_compare);
void sem_window_choose_example (SemWindow *self, const char *id);
void sem_window_save_data (SemWindow *self, const char *what);
void sem_window_copy_picture (SemWindow *self);
/* The vectors of the selected units, or all: how: "text", "python". */
void sem_window_copy_vectors (SemWindow *self, const char *how);

/* window-model.c */
void sem_window_init_model (SemWindow *self);
void sem_window_model_changed (SemWindow *self);
void sem_window_open_model (SemWindow *self, const char *path);

/* window-other.c */
void sem_window_init_other (SemWindow *self);
void sem_window_other_changed (SemWindow *self);
/* The model button's menu, of the models to compare with. */
void sem_window_popup_compare (SemWindow *self);
void sem_window_open_other_model (SemWindow *self, const char *path);
void sem_window_stop_comparing (SemWindow *self);
/* "" for the built-in model, a path, or for none what no path is: the state of win.other-model. */
const char *sem_window_get_other_target (SemWindow *self);
/* "A, compared with B", and the header's markup for it. */
char *sem_window_dup_both_names (SemWindow *self, char **markup);

/* window-neighborhood.c */
void sem_window_update_neighborhood (SemWindow *self);
/* Adds a word to the end of the text, after a blank; undoable. */
void sem_window_append_word (SemWindow *self, const char *word);

/* window-opening.c */
/* A model is being opened (NULL: the built-in one): after half a second the window shows progress and a way to stop. */
void sem_window_begin_opening (SemWindow *self, const char *path);
void sem_window_opening_changed (SemWindow *self); /* the document's stage or progress */
void sem_window_free_opening (SemWindow *self);

/* window-project.c */
void sem_window_init_project (SemWindow *self);
void sem_window_free_project (SemWindow *self);
/* The document has changed: what is unsaved goes to the recovery file soon. */
void sem_window_project_changed (SemWindow *self, guint flags);
/* Opens what a crash has left, if anything. */
void sem_window_recover_project (SemWindow *self);
/* These three ask first when there are unsaved changes. */
void sem_window_open_project (SemWindow *self, GFile *file);
void sem_window_new_text (SemWindow *self);
gboolean sem_window_may_close (SemWindow *self); /* FALSE: it has asked, and closes by itself */
void sem_window_save_project (SemWindow *self, gboolean as);

/* window-state.c */
void sem_window_restore_state (SemWindow *self);
void sem_window_save_state (SemWindow *self);
void sem_window_queue_save_text (SemWindow *self);

G_END_DECLS
