/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sum as a table: one term a row, with the numbers it is made of, the product as a bar around 0, and the sum so far. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_SUM_MAX_CELLS 4

typedef struct
{
  char *name;                     /* taken */
  char *cells[SEM_SUM_MAX_CELLS]; /* taken; NULL: empty */
  double value;                   /* what it adds */
} SemSumTerm;

/* headings: of the name, of n_cells cells, and of the value; terms: n of them, which add up to total.  What is shown is rounded so
 * that it adds up to the last digit shown. */
GtkWidget *sem_sum_list_new (const char *const *headings, gsize n_cells, SemSumTerm *terms, gsize n, double total);

/* A label with markup (taken), as wide as a sum. */
GtkWidget *sem_sum_line_new (char *markup);

G_END_DECLS
