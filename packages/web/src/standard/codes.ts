import { graphql } from '../gql/standard'

/** 代码表: the lists in all their editions, and the codes of one. */
export const CODE_LISTS = graphql(`
  query CodeLists {
    codeLists(first: 200, orderBy: [{ field: code }, { field: edition }]) {
      nodes {
        id
        version
        code
        name
        edition
        validFrom
        validTo
        source
        unsure
      }
    }
  }
`)

export const CODE_ITEMS = graphql(`
  query CodeItems($list: ID!) {
    codeItems(where: { list: { id: { eq: $list } } }, first: 500, orderBy: [{ field: seq }]) {
      nodes {
        id
        version
        seq
        code
        name
        parent
        mapsTo
        note
        active
      }
    }
  }
`)
