/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, one function per cmd-NAME.c, called by main.c with argv[0] the command's name. */
#pragma once

int sem_cmd_bench (int argc, char **argv);
int sem_cmd_compare (int argc, char **argv);
int sem_cmd_info (int argc, char **argv);
int sem_cmd_models (int argc, char **argv);
int sem_cmd_neighbors (int argc, char **argv);
int sem_cmd_project (int argc, char **argv);
int sem_cmd_render (int argc, char **argv);
int sem_cmd_similarity (int argc, char **argv);
int sem_cmd_tokenize (int argc, char **argv);
int sem_cmd_vector (int argc, char **argv);
int sem_cmd_evaluate (int argc, char **argv);
int sem_cmd_train (int argc, char **argv);
