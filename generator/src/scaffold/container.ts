/** Room `scaffold`: the object or class that holds the handlers of one group (types only). */
import type {
  ClassDeclaration,
  ClassExpression,
  ObjectLiteralExpression,
} from "ts-morph";

export type Holder =
  ObjectLiteralExpression | ClassDeclaration | ClassExpression;

export interface Container {
  /** Every method that is there, wherever it comes from. */
  names: Set<string>;
  /** Something may hold methods that cannot be seen: a spread of an unknown value, a base class from a package. */
  isOpen: boolean;
  /** Where methods can be added; absent when there is no text of the user's to add them to. */
  holder?: Holder;
  /** The methods that stand in the holder itself, with their positions. */
  own: { name: string; position: number }[];
}
