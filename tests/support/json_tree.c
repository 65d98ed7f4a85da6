#include "json_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    park_arena *arena;
    const char *at;
} reader;

static void blank(reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

static const char *text(reader *r)
{
    if (*r->at != '"')
        return NULL;
    const char *from = ++r->at;
    while (*r->at != '"' && *r->at != '\0')
        r->at += r->at[0] == '\\' && r->at[1] != '\0' ? 2 : 1;
    if (*r->at == '\0')
        return NULL;
    return park_arena_text(r->arena, from, (size_t)(r->at++ - from));
}

static json_node *value(reader *r);

static json_node *children(reader *r, json_node *n, char close)
{
    json_node **tail = &n->first;
    r->at++;
    blank(r);
    while (*r->at != close) {
        const char *key = NULL;
        if (n->kind == JSON_OBJECT) {
            key = text(r);
            blank(r);
            if (key == NULL || *r->at++ != ':')
                return NULL;
        }
        json_node *child = value(r);
        if (child == NULL)
            return NULL;
        child->key = key;
        *tail      = child;
        tail       = &child->next;
        n->count++;
        blank(r);
        if (*r->at == ',')
            r->at++;
        else if (*r->at != close)
            return NULL;
        blank(r);
    }
    r->at++;
    return n;
}

static json_node *value(reader *r)
{
    static const struct {
        const char *word;
        int         kind;
    } WORDS[]    = {{"null", JSON_NULL}, {"true", JSON_TRUE}, {"false", JSON_FALSE}};
    json_node *n = PARK_NEW(r->arena, json_node);
    if (n == NULL)
        return NULL;
    blank(r);
    for (int i = 0; i < 3; i++)
        if (strncmp(r->at, WORDS[i].word, strlen(WORDS[i].word)) == 0) {
            n->kind = WORDS[i].kind;
            r->at += strlen(WORDS[i].word);
            return n;
        }
    if (*r->at == '{' || *r->at == '[') {
        n->kind = *r->at == '{' ? JSON_OBJECT : JSON_LIST;
        return children(r, n, *r->at == '{' ? '}' : ']');
    }
    if (*r->at == '"') {
        n->kind = JSON_TEXT;
        n->text = text(r);
        return n->text == NULL ? NULL : n;
    }
    char *end;
    n->kind   = JSON_NUMBER;
    n->number = strtod(r->at, &end);
    if (end == r->at)
        return NULL;
    r->at = end;
    return n;
}

json_node *json_parse(park_arena *arena, const char *whole)
{
    reader     r = {arena, whole};
    json_node *n = value(&r);
    blank(&r);
    return *r.at == '\0' ? n : NULL;
}

json_node *json_read(park_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    size_t size = 0;
    char  *all  = park_array(arena, 1 << 20, 1);
    if (all != NULL)
        size = fread(all, 1, (1 << 20) - 1, file);
    fclose(file);
    return all == NULL || size == 0 ? NULL : json_parse(arena, all);
}

const json_node *json_at(const json_node *object, const char *key)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    for (const json_node *n = object->first; n != NULL; n = n->next)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}

const json_node *json_item(const json_node *list, size_t i)
{
    const json_node *n = list == NULL ? NULL : list->first;
    while (n != NULL && i-- > 0)
        n = n->next;
    return n;
}

double json_number(const json_node *node, double otherwise)
{
    return node != NULL && node->kind == JSON_NUMBER ? node->number : otherwise;
}

size_t json_count(const json_node *node)
{
    return node == NULL ? 0 : node->count;
}
