import { graphql } from '../gql/person'
import { plainGraph } from '../shared/graph'
import { refusalOf, type Refusal } from '../shared/refusal'
import { viewer, type Viewer } from '../shared/session'

const WhoAmI = graphql(`
  query WhoAmI {
    viewer {
      ...Viewer
    }
  }
  fragment Viewer on Viewer {
    id
    username
    name
    role
    mustChangePassword
    division {
      code
      name
    }
    station {
      code
      name
    }
    enterprise {
      id
      name
    }
    may
  }
`)

const SignIn = graphql(`
  mutation SignIn($username: String!, $password: String!) {
    signIn(username: $username, password: $password) {
      person {
        ...Viewer
      }
    }
  }
`)

const SignOut = graphql(`
  mutation SignOut {
    signOut
  }
`)

/** Undefined when nobody is signed in. Without a server there is no answer, and the error goes to the page. */
export async function askViewer(): Promise<Viewer | undefined> {
  const { data } = await plainGraph.query(WhoAmI, {}).toPromise()
  return data?.viewer ?? undefined
}

export async function signIn(username: string, password: string): Promise<Refusal | undefined> {
  const { data, error } = await plainGraph.mutation(SignIn, { username, password }).toPromise()
  if (error) return refusalOf(error)
  viewer.value = data?.signIn.person
  return undefined
}

export async function signOut(): Promise<void> {
  await plainGraph.mutation(SignOut, {}).toPromise()
}
