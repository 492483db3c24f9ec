/** Room `init`: the document of a new service: one thing that is listed in pages, made, read and deleted. */

export const DOCUMENT = `openapi: 3.1.0
info:
  title: Notes
  version: 1.0.0
servers:
  - url: http://localhost:3000
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [notes]
      summary: List notes, the newest first.
      x-pagination: { style: page }
      parameters:
        - name: page
          in: query
          schema: { type: integer, minimum: 1, default: 1 }
        - name: limit
          in: query
          schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
      responses:
        "200":
          description: A page of notes.
          content:
            application/json:
              schema:
                type: object
                required: [items, total, page, limit]
                properties:
                  items:
                    type: array
                    items: { $ref: "#/components/schemas/Note" }
                  total: { type: integer }
                  page: { type: integer }
                  limit: { type: integer }
        "400": { $ref: "#/components/responses/Problem" }
    post:
      operationId: createNote
      tags: [notes]
      summary: Write a note.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Note" }
      responses:
        "201":
          description: The note.
          headers:
            Location:
              required: true
              schema: { type: string }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Note" }
        "400": { $ref: "#/components/responses/Problem" }
        "422": { $ref: "#/components/responses/Problem" }
  /notes/{noteId}:
    parameters:
      - name: noteId
        in: path
        required: true
        schema: { type: string, format: uuid }
    get:
      operationId: getNote
      tags: [notes]
      summary: Read a note.
      responses:
        "200":
          description: The note.
          headers:
            ETag:
              schema: { type: string }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Note" }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteNote
      tags: [notes]
      summary: Throw a note away.
      responses:
        "204":
          description: It is gone.
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/Problem" }
components:
  responses:
    Problem:
      description: What went wrong (RFC 9457).
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
  schemas:
    Note:
      type: object
      required: [id, text, createdAt]
      properties:
        id: { type: string, format: uuid, readOnly: true }
        text: { type: string, minLength: 1, maxLength: 2000 }
        createdAt: { type: string, format: date-time, readOnly: true }
    Problem:
      type: object
      required: [type, title, status]
      properties:
        type: { type: string, format: uri-reference }
        title: { type: string }
        status: { type: integer }
        detail: { type: string }
        errors:
          type: array
          items: { type: object, additionalProperties: true }
`;
